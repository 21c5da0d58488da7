import type { PropertyId } from "@foyer/contract";
import { isDemoTenant } from "../tenancy/index.ts";
import { demoMark } from "./find-demo.ts";
import { play, welcome } from "./play-step.ts";
import { demoAgents } from "./script/cast.ts";
import { pastStories } from "./script/past.ts";
import { minutes, type Story } from "./script/story.ts";
import { todayStories } from "./script/today.ts";
import { setStage } from "./set-stage.ts";
import type { DemoParts, Stage } from "./stage.ts";

const minuteMs = 60_000;
const openedDaysAgo = 30;

/** Everything that the demo tells, in the order in which the stories were written. */
export const demoStories: readonly Story[] = [...todayStories, ...pastStories];

/** Makes the demo's tenant and plays its past, moment by moment in the order of time. */
export async function makeDemo(
  parts: DemoParts,
  stories: readonly Story[] = demoStories,
): Promise<void> {
  await forgetHalfMade(parts);
  const setClock = (ago: number) => parts.setClock(parts.now - ago * minuteMs);
  setClock(openedDaysAgo * minutes.day);
  const stage = await setStage(parts);
  for (const { ago, happen } of momentsOf(stories)) {
    setClock(ago);
    await happen(stage);
    await parts.settle();
  }
  const [first] = stage.propertyIds;
  const scope = await parts.openScope(stage.tenantId);
  await scope.transact((unit) => parts.directory.add(unit, "demo", demoMark, first as PropertyId));
}

/** A demo whose making was cut short keeps its rows, but nobody signs in to it any more. */
async function forgetHalfMade({ directory, openScope }: DemoParts): Promise<void> {
  for (const { email } of demoAgents) {
    for (const { tenantId, subjectId } of await directory.find("sign_in_email", email)) {
      const scope = await openScope(tenantId);
      if (!(await isDemoTenant(scope))) continue;
      await scope.transact((unit) => directory.remove(unit, "sign_in_email", subjectId));
    }
  }
}

/** Something that happens, so many minutes before the demo was made. */
interface Moment {
  readonly ago: number;
  readonly happen: (stage: Stage) => Promise<unknown>;
}

/** All that happens, the oldest first. */
function momentsOf(stories: readonly Story[]): readonly Moment[] {
  const steps = stories.flatMap((story) =>
    story.steps.map((step) => ({
      ago: step.ago,
      happen: (stage: Stage) => play(stage, story, step),
    })),
  );
  return [...bookings(stories), ...steps].toSorted((one, other) => other.ago - one.ago);
}

/**
 * At the beginning of each day before now the desk takes down who is going to write in it: all of
 * them at once, so that they share transactions.
 */
function bookings(stories: readonly Story[]): readonly Moment[] {
  const dayOf = ({ steps }: Story) => Math.ceil((steps[0]?.ago ?? 0) / minutes.day) * minutes.day;
  return [...Map.groupBy(stories, dayOf)].map(([ago, ofThatDay]) => ({
    ago,
    happen: (stage) => Promise.all(ofThatDay.map((story) => welcome(stage, story))),
  }));
}
