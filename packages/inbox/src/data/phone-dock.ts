import { createStore } from "../store/store.ts";
import { readStored, writeStored } from "./storage.ts";

const storedUnder = "foyer.phone-dock";

/** Whether this browser shows the guest's phone in the guest's place. Demo only. */
export const phoneDock = createStore(readStored(storedUnder) === true);

export function dockPhone(isDocked: boolean): void {
  phoneDock.set(isDocked);
  writeStored(storedUnder, isDocked ? true : undefined);
}
