/** Who works at the demo's hotel. Demo data: none of these people exist. */
export const demoAgents = [
  { key: "mia", name: "Mia Lind", email: "mia@harbourhouse.example.com", role: "agent" },
  { key: "jo", name: "Jo Park", email: "jo@harbourhouse.example.com", role: "supervisor" },
  { key: "owen", name: "Owen Reed", email: "owen@harbourhouse.example.com", role: "owner" },
] as const;

export type DemoAgent = (typeof demoAgents)[number]["key"];

/** Printed at the start and shown on the sign-in page: a door that is meant to stand open. */
export const demoPassword = "harbour house demo";

export const demoHotel = {
  tenant: "Harbour Group",
  property: "Harbour House",
  country: "US",
  number: "+13125550100",
};

export const demoTeams = [
  { name: "Housekeeping", colour: "blue", members: ["jo"] },
  { name: "Engineering", colour: "amber", members: ["owen"] },
  { name: "Concierge", colour: "violet", members: ["mia", "jo"] },
] as const;

export type DemoTeam = (typeof demoTeams)[number]["name"];

/** One thing that happened, so many minutes before the demo was made. */
export type Step = { readonly ago: number } & (
  | { readonly guest: string }
  | { readonly reply: string; readonly by: DemoAgent; readonly read?: true }
  | { readonly note: string; readonly by: DemoAgent }
  | { readonly assign: DemoAgent | DemoTeam; readonly by: DemoAgent }
  | { readonly close: true; readonly by: DemoAgent }
);

export interface Story {
  readonly name: string | null;
  /** From a range reserved for fiction. */
  readonly number: string;
  readonly steps: readonly Step[];
}

const minuteMs = 60_000;
const hour = 60;
const day = 24 * hour;

export const demoStories: readonly Story[] = [
  {
    name: "Tomás Herrera",
    number: "+13125550112",
    steps: [
      {
        ago: 12,
        guest: "Is there any chance of a crib tonight? Our daughter is eight months old.",
      },
    ],
  },
  {
    name: "Priya Raman",
    number: "+13125550113",
    steps: [
      { ago: 3 * hour, guest: "Just checked in, lovely view. Thank you!" },
      {
        ago: 3 * hour - 6,
        reply: "So glad you like it, Priya. Enjoy the evening.",
        by: "mia",
        read: true,
      },
      { ago: 8, guest: "The shower won't go past lukewarm, could somebody have a look?" },
      { ago: 6, note: "Same riser as 509 last week. Check the mixing valve first.", by: "jo" },
    ],
  },
  {
    name: "Ada Nguyen",
    number: "+13125550117",
    steps: [
      { ago: 9 * hour, guest: "Good morning! Could we keep the room until 1 tomorrow?" },
      {
        ago: 9 * hour - 3,
        reply: "Good morning, Ada. Yes, 1 pm is no trouble at all. I've noted it for the team.",
        by: "mia",
        read: true,
      },
      { ago: 8 * hour, note: "Late checkout 13:00 for 412, housekeeping told.", by: "mia" },
      { ago: 4, guest: "Two more towels please, and the lamp by the bed flickers" },
    ],
  },
  {
    name: null,
    number: "+13125550148",
    steps: [{ ago: 3, guest: "Hi, do you have parking for a van? It is 2.60 m high." }],
  },
  {
    name: "Jonas Weber",
    number: "+13125550119",
    steps: [
      {
        ago: 26 * hour,
        guest: "Guten Tag, gibt es ein allergikerfreundliches Zimmer ohne Federkissen?",
      },
      {
        ago: 25 * hour,
        reply: "Guten Tag, Herr Weber. Ja, wir richten es für Sie her.",
        by: "jo",
        read: true,
      },
      {
        ago: 2,
        guest: "Wunderbar, vielen Dank! Könnten wir auch zwei zusätzliche Decken bekommen?",
      },
    ],
  },
  {
    name: "Marie Laurent",
    number: "+13125550121",
    steps: [
      { ago: 50, guest: "Bonjour, peut-on réserver une table pour quatre à 20 h ?" },
      {
        ago: 44,
        reply: "Bonjour Madame Laurent, c'est fait : quatre personnes à 20 h, près de la fenêtre.",
        by: "mia",
        read: true,
      },
      { ago: 1, guest: "Merci ! À quelle heure ferme le spa ?" },
    ],
  },
  {
    name: "Ellen Sato",
    number: "+13125550124",
    steps: [
      { ago: 5 * hour, guest: "I left my charger at breakfast, a white one" },
      { ago: 5 * hour - 4, assign: "Housekeeping", by: "mia" },
      { ago: 5 * hour - 12, reply: "It's at the bell desk now.", by: "mia" },
    ],
  },
  {
    name: "David Mercer",
    number: "+13125550126",
    steps: [
      { ago: 6 * hour, guest: "Could I get a wake-up call at 5:30?" },
      { ago: 6 * hour - 3, reply: "Of course. 5:30 it is.", by: "jo", read: true },
      { ago: 6 * hour - 5, guest: "Perfect, thanks so much" },
      { ago: 6 * hour - 7, reply: "Sleep well, David.", by: "jo", read: true },
    ],
  },
  {
    name: "Noor Haddad",
    number: "+13125550128",
    steps: [
      { ago: 7 * hour, guest: "We just left. The keys are in the box by the door." },
      { ago: 7 * hour - 5, reply: "Safe travels, and see you in May.", by: "mia", read: true },
      { ago: 7 * hour - 6, close: true, by: "mia" },
    ],
  },
  {
    name: "Lucia Bianchi",
    number: "+13125550130",
    steps: [
      { ago: day + 2 * hour, guest: "Buongiorno, è possibile avere un taxi per le 9?" },
      {
        ago: day + 2 * hour - 2,
        reply: "Buongiorno! Il taxi la aspetta alle 9 davanti all'ingresso.",
        by: "jo",
        read: true,
      },
      { ago: day + hour, guest: "Grazie mille" },
      { ago: day + hour - 3, close: true, by: "jo" },
    ],
  },
  {
    name: "Ben Adeyemi",
    number: "+13125550132",
    steps: [
      { ago: 2 * day, guest: "Can somebody book us a car to the airport, Thursday early?" },
      { ago: 2 * day - 10, assign: "Concierge", by: "jo" },
      { ago: 2 * day - 18, reply: "The car is booked for 6:15.", by: "mia", read: true },
      { ago: 2 * day - 20, guest: "You are the best 🙌" },
      { ago: 2 * day - 25, close: true, by: "mia" },
    ],
  },
  {
    name: "Kate Flynn",
    number: "+13125550134",
    steps: [
      { ago: 90, guest: "We land at four, is that too early for the room?" },
      { ago: 84, assign: "mia", by: "jo" },
      { ago: 80, reply: "Four is perfect, Kate. The room will be ready.", by: "mia" },
    ],
  },
];

/** A text as a guest's phone knows it. */
interface Said {
  readonly guest: string;
  readonly hotel: string;
  readonly from: "guest" | "hotel";
  readonly text: string;
  /** Integer ms. */
  readonly at: number;
}

/** What guests and hotel said to each other, as the guests' phones know it; oldest first. */
export function demoPast(madeAt: number): Said[] {
  const saidIn = ({ number: guest, steps }: Story) => steps.flatMap((step) => said(guest, step));
  const said = (guest: string, step: Step): Said[] => {
    const common = { guest, hotel: demoHotel.number, at: madeAt - step.ago * minuteMs };
    if ("guest" in step) return [{ ...common, from: "guest", text: step.guest }];
    return "reply" in step ? [{ ...common, from: "hotel", text: step.reply }] : [];
  };
  return demoStories.flatMap(saidIn).toSorted((one, other) => one.at - other.at);
}
