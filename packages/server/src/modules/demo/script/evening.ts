import type { PictureName } from "@foyer/simulator";
import type { DemoAgent } from "./cast.ts";
import { todayStories } from "./today.ts";

/** One text of the busy evening, at Harbour House. */
export interface EveningText {
  /** From the beginning, in ms. */
  readonly afterMs: number;
  readonly from: string;
  readonly text: string;
  readonly picture?: PictureName;
}

/** So long does the evening last: forty texts, one every three seconds and a bit. */
const betweenMs = 3_100;

const said: readonly (string | readonly [text: string, picture: PictureName])[] = [
  "Two more towels please",
  ["The lamp by the bed flickers", "lamp"],
  "Can we have dinner in the room tonight?",
  "Is there a table for two at nine?",
  "Could somebody bring a corkscrew up?",
  "Wir bräuchten bitte noch eine Decke",
  "What is the code for the garage?",
  "Could you turn down the music in the lobby?",
  "Peut-on avoir un fer à repasser ?",
  "Where is the nearest pharmacy?",
  ["Look what the minibar left us", "suitcase"],
  "Thank you, all good now",
  "Is it too late for room service?",
  "¿Tienen un adaptador para el enchufe?",
  "We would like to stay one more night",
  "Could we get a quieter room?",
  "The key card stopped working again",
  "How far is the opera on foot?",
  "Please wake us at seven",
  "Is the bar still open?",
];

/** Forty texts of guests who are there already, each guest's in order. */
export const eveningTexts: readonly EveningText[] = Array.from({ length: 40 }, (_, at) => {
  const guests = todayStories.filter(
    ({ hotel, name }) => hotel === "house" && name !== "Rosa Keller",
  );
  const guest = guests[(at * 3) % guests.length];
  const words = said[at % said.length] ?? "";
  const [text, picture] = typeof words === "string" ? [words] : words;
  return {
    afterMs: at * betweenMs,
    from: guest?.number ?? "",
    text,
    ...(picture && { picture }),
  };
});

/** The colleague who works beside you, and what they answer: one text in three. */
export const eveningColleague: DemoAgent = "lena";
export const eveningAnswers: readonly string[] = [
  "Right away.",
  "With pleasure, it is on its way up.",
  "I have told the team, give us ten minutes.",
  "Done. Anything else we can do?",
];
