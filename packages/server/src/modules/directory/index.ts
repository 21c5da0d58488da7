import type { ModuleManifest } from "../../platform/manifest.ts";
import { directoryEntry, directoryMigration } from "./tables.ts";

export { createDirectory, type Directory, type DirectoryHit } from "./directory.ts";

export const directoryManifest: ModuleManifest = {
  name: "directory",
  tables: [directoryEntry],
  migrations: [directoryMigration],
};
