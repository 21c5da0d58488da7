import { operations } from "@foyer/contract";
import { route } from "../../platform/access/index.ts";
import type { ModuleManifest } from "../../platform/manifest.ts";
import type { SearchEngine } from "../../platform/search/search-engine.ts";
import { createSearch } from "./search-property.ts";

export { createIndexer } from "./indexer.ts";

export function createSearchModule(engine: SearchEngine): ModuleManifest {
  return {
    name: "search",
    tables: [],
    migrations: [],
    routes: [route(operations.search, createSearch(engine))],
  };
}
