import type { Right } from "@foyer/contract";
import { words } from "./words.ts";

export const sectionIds = [
  "property",
  "channels",
  "teams",
  "people",
  "labels",
  "fields",
  "templates",
] as const;
export type SectionId = (typeof sectionIds)[number];

interface Section {
  readonly id: SectionId;
  readonly label: string;
  readonly about: string;
}

/** Whoever may not see a section does not learn of it. */
const neededToSee: Partial<Record<SectionId, Right>> = { people: "agent.manage" };

const neededToChange: Record<SectionId, Right> = {
  property: "property.manage",
  channels: "channel.manage",
  teams: "property.manage",
  people: "agent.manage",
  labels: "property.lead",
  fields: "property.manage",
  templates: "property.lead",
};

/** The sections that somebody may see, in their order. */
export function sectionsFor(may: (right: Right) => boolean): Section[] {
  return sectionIds
    .filter((id) => {
      const needed = neededToSee[id];
      return needed === undefined || may(needed);
    })
    .map((id) => ({ id, ...words.sections[id] }));
}

export function mayChange(id: SectionId, may: (right: Right) => boolean): boolean {
  return may(neededToChange[id]);
}

/** Reads a section from an address that anybody may have written. */
export function asSection(text: unknown): SectionId | undefined {
  return sectionIds.find((id) => id === text);
}
