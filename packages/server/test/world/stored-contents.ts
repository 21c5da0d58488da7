import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Hotel } from "./hotel.ts";
import type { World } from "./world.ts";

/** The files of all contents that a hotel's tenant has in the blob store. */
export function contentsOf(world: World, { tenant }: Hotel): string[] {
  const folder = join(world.folder, "blobs", tenant.id);
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .toSorted();
}
