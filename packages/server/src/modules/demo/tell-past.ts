import type { PictureName } from "@foyer/simulator";
import { demoHotels } from "./script/cast.ts";
import type { Step, Story } from "./script/story.ts";

const minuteMs = 60_000;

/** A text as a guest's phone knows it. */
export interface Said {
  readonly guest: string;
  readonly hotel: string;
  readonly from: "guest" | "hotel";
  readonly text: string;
  readonly pictures: readonly PictureName[];
  /** Integer ms. */
  readonly at: number;
}

/** What guests and hotels said to each other, as the guests' phones know it; oldest first. */
export function demoPast(stories: readonly Story[], madeAt: number): Said[] {
  const all = stories.flatMap((story) => story.steps.flatMap((step) => said(story, step, madeAt)));
  return all.toSorted((one, other) => one.at - other.at);
}

function said(story: Story, step: Step, madeAt: number): readonly Said[] {
  const hotel = demoHotels.find(({ key }) => key === story.hotel)?.number ?? "";
  const common = { guest: story.number, hotel, at: madeAt - step.ago * minuteMs };
  if ("guest" in step) {
    const pictures = step.picture ? [step.picture] : [];
    return [{ ...common, from: "guest", text: step.guest, pictures }];
  }
  // What never reached a phone, no phone remembers.
  if (!("reply" in step) || step.end === "unreachable") return [];
  return [{ ...common, from: "hotel", text: step.reply, pictures: [] }];
}
