import { randomUUID } from "node:crypto";
import { describeDataKeyStore } from "./data-key-store-suite.ts";
import { memoryDataKeyStore } from "./testing.ts";

describeDataKeyStore("in memory", async () => ({
  store: memoryDataKeyStore(),
  newTenant: async () => randomUUID(),
  close: async () => {},
}));
