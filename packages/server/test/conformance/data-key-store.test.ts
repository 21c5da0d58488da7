import { randomUUID } from "node:crypto";
import { describeDataKeyStore } from "../../src/modules/vault/data-key-store-suite.ts";
import { createDataKeyStore, vaultManifest } from "../../src/modules/vault/index.ts";
import { migrate, openStore } from "../../src/platform/store/index.ts";
import { primaryStores } from "../engines.ts";

for (const { name, open } of primaryStores()) {
  describeDataKeyStore(name, async () => {
    const { engine, close } = await open();
    await migrate(engine, vaultManifest.migrations);
    const store = openStore(engine);
    return {
      store: createDataKeyStore(store),
      newTenant: async () => randomUUID(),
      close,
    };
  });
}
