import { primaryStores } from "../engines.ts";
import { describePrimaryStore } from "./primary-store.ts";
import { describePrimaryStoreValues } from "./primary-store-values.ts";

for (const { name, open } of primaryStores()) {
  describePrimaryStore(name, open);
  describePrimaryStoreValues(name, open);
}
