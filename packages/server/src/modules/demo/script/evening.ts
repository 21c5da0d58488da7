import type { PictureName } from "@foyer/simulator";
import type { DemoAgent } from "./cast.ts";
import type { Story } from "./story.ts";
import { todayStories } from "./today.ts";

/** What a guest may text in an evening, and what the colleague answers to it, if they do. */
interface Said {
  readonly text: string;
  /** English unless given. */
  readonly language?: NonNullable<Story["language"]>;
  readonly picture?: PictureName;
  readonly answer?: string;
}

/** One text of the busy evening, at Harbour House. */
export interface EveningText extends Said {
  /** From the beginning, in ms. */
  readonly afterMs: number;
  readonly from: string;
}

/** The colleague who works beside whoever looks on: one text in three is theirs. */
export const eveningColleague: DemoAgent = "lena";

/** The evening lasts two minutes. */
const betweenMs = 3_100;

/** Forty of them. */
const said: readonly Said[] = [
  { text: "Two more towels please", answer: "Right away. Anything else we can do?" },
  { text: "The lamp by the bed flickers", picture: "lamp" },
  { text: "Can we have dinner in the room tonight?" },
  { text: "Is there a table for two at nine?", answer: "With pleasure: at nine, by the window." },
  { text: "Could somebody bring a corkscrew up?" },
  {
    text: "Wir bräuchten bitte noch eine Decke",
    language: "de",
    answer: "Gern, sie ist in zehn Minuten bei Ihnen.",
  },
  { text: "What is the code for the garage?" },
  { text: "Could you turn down the music in the lobby?" },
  {
    text: "Peut-on avoir un fer à repasser ?",
    language: "fr",
    answer: "Bien sûr, il monte tout de suite.",
  },
  { text: "Where is the nearest pharmacy?" },
  { text: "Look what the airline did to it", picture: "suitcase" },
  {
    text: "Is it too late for room service?",
    answer: "Not at all, the kitchen is open until one.",
  },
  { text: "Thank you, all good now" },
  {
    text: "¿Tienen un adaptador para el enchufe?",
    language: "es",
    answer: "Sí, se lo subimos ahora mismo.",
  },
  { text: "We would like to stay one more night" },
  { text: "Could we get a quieter room?" },
  {
    text: "The key card stopped working again",
    answer: "I am sorry. A new one is at the desk, or shall I bring it up?",
  },
  { text: "How far is the opera on foot?" },
  { text: "Please wake us at seven" },
  { text: "Is the bar still open?", answer: "Until two, and the pianist plays until midnight." },
  { text: "The minibar has no water left" },
  { text: "Could you book a taxi for eight tomorrow?", answer: "Booked, at the main door." },
  { text: "We smell smoke on our floor, is that the kitchen?" },
  { text: "What a view tonight", picture: "view" },
  {
    text: "Ist das Schwimmbad morgen früh schon offen?",
    language: "de",
    answer: "Ja, ab halb sieben. Handtücher liegen dort.",
  },
  { text: "Do you have a yoga mat we could borrow?" },
  { text: "There is a parcel for me at the desk, I think" },
  { text: "Could the curtains be looked at? They do not close", answer: "We are on the way up." },
  { text: "Is breakfast served on the terrace?" },
  { text: "Pouvons-nous garder la chambre jusqu'à 14 h ?", language: "fr" },
  { text: "My husband forgot his razor, do you have one?", answer: "We do. It comes up in five." },
  { text: "Which tram goes to the old town?" },
  { text: "The shower has gone cold now too", picture: "shower" },
  { text: "Can we check in our friends tomorrow at ten?" },
  { text: "¿A qué hora cierra el spa?", language: "es", answer: "A las diez de la noche." },
  { text: "Has anybody found a blue scarf?" },
  { text: "We are locked out on the balcony", answer: "Stay calm, I am coming with the key." },
  { text: "Two glasses and some ice, when you can" },
  { text: "Is there a late mass nearby?" },
  { text: "Good night, and thank you for everything" },
];

/** Who is at Harbour House and has not asked to be left alone. */
const guests = todayStories.filter(
  ({ hotel, steps }) =>
    hotel === "house" && !steps.some((step) => "guest" in step && step.guest === "STOP"),
);

/** Forty texts of guests who are there already, each in a language of theirs. */
export const eveningTexts: readonly EveningText[] = said.map((words, at) => {
  const { language = "en" } = words;
  const speakers = guests.filter((guest) => (guest.language ?? "en") === language);
  const { number: from } = speakers[at % speakers.length] as Story;
  return { ...words, afterMs: at * betweenMs, from };
});
