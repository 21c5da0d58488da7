import { operations } from "@foyer/contract";
import { route } from "../../platform/access/index.ts";
import type { ModuleManifest } from "../../platform/manifest.ts";
import { createStartEvening, type EveningParts } from "./start-evening.ts";

export { type DemoFound, demoMark, findDemo } from "./find-demo.ts";
export { demoStories, makeDemo } from "./make-demo.ts";
export { pastPicturePrefix } from "./play-step.ts";
export { demoAgents, demoPassword } from "./script/cast.ts";
export { todayStories } from "./script/today.ts";
export type { Evening } from "./start-evening.ts";
export { demoPast } from "./tell-past.ts";

/** What the demo does once it stands. It has no tables: what it shows, others have made. */
export function createDemo(parts: EveningParts): ModuleManifest {
  const startEvening = route(operations.startEvening, createStartEvening(parts), {
    tenantWide: true,
  });
  return { name: "demo", tables: [], migrations: [], routes: [startEvening] };
}
