import type { PictureName } from "@foyer/simulator";
import type { DemoAgent, DemoHotel, DemoLabel, DemoTeam } from "./cast.ts";

/** One thing that happened, so many minutes before the demo was made. */
export type Step = { readonly ago: number } & (
  | { readonly guest: string; readonly picture?: PictureName }
  | {
      readonly reply: string;
      readonly by: DemoAgent;
      /** What became of it; delivered unless said. */
      readonly end?: "read" | "unreachable";
    }
  | {
      readonly note: string;
      readonly by: DemoAgent;
      readonly calls?: DemoAgent | DemoTeam;
    }
  | { readonly assign: DemoAgent | DemoTeam; readonly by: DemoAgent }
  | { readonly label: DemoLabel; readonly by: DemoAgent }
  | { readonly noAnswerNeeded: true; readonly by: DemoAgent }
  | { readonly close: true; readonly by: DemoAgent }
);

/** What the front desk knows of a stay; days from today at the hotel. */
export interface Stay {
  readonly room: string;
  readonly arrival: number;
  readonly departure: number;
  readonly isVip?: true;
  readonly title?: string;
}

/** A guest's conversation with one of the hotels. */
export interface Story {
  readonly hotel: DemoHotel;
  /** Null: only the number is known. */
  readonly name: string | null;
  /** From a range reserved for fiction. */
  readonly number: string;
  readonly language?: "en" | "de" | "fr" | "es" | "it";
  readonly stay?: Stay;
  readonly steps: readonly Step[];
}

export const minutes = { hour: 60, day: 24 * 60 } as const;
