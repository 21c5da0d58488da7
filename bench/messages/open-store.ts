import {
  type Engine,
  openMysql,
  openSqlite,
} from "../../packages/server/src/platform/store/index.ts";
import type { StoreAddress } from "./setting.ts";

/** Opens the store of a house or of the floor: the same code, so the same settings. */
export function openStoreAt(address: StoreAddress): Engine {
  return address.engine === "sqlite" ? openSqlite(address.file) : openMysql(address);
}
