import type { PictureName } from "@foyer/simulator";
import type { DemoAgent, DemoHotel, DemoLabel } from "./cast.ts";
import { minutes, type Step, type Story } from "./story.ts";

const { hour, day } = minutes;

/** A conversation as it happens again and again; `{room}` and `{name}` are the guest's. */
interface Plot {
  readonly language: NonNullable<Story["language"]>;
  readonly asks: string;
  readonly picture?: PictureName;
  readonly answer: string;
  readonly note?: string;
  readonly thanks?: string;
  readonly label?: DemoLabel;
}

const plots: readonly Plot[] = [
  {
    language: "en",
    asks: "Could we have extra pillows in {room}?",
    answer: "They are on their way, {name}.",
    thanks: "That was quick, thank you",
  },
  {
    language: "en",
    asks: "What time is breakfast on Sunday?",
    answer: "From 7 to 11 on Sundays, {name}.",
  },
  {
    language: "en",
    asks: "Is there somewhere to leave our bags after check-out?",
    answer: "Of course. The bell desk keeps them until you leave.",
    thanks: "Great, see you at noon",
  },
  {
    language: "en",
    asks: "The safe in {room} does not open any more",
    answer: "Somebody is with you in five minutes, {name}.",
    note: "Battery changed, code reset with the guest present.",
    thanks: "Works again, thanks",
  },
  {
    language: "en",
    asks: "Do you have a phone charger we could borrow?",
    answer: "Yes, which kind? We keep most of them at the desk.",
    thanks: "USB-C. I'll come down",
  },
  {
    language: "en",
    asks: "It is our anniversary tomorrow, is the rooftop table free?",
    answer: "Congratulations, {name}. It is yours at eight.",
    thanks: "You made our day 🥂",
    label: "Honeymoon",
  },
  {
    language: "en",
    asks: "The air conditioning in {room} drips on the carpet",
    answer: "I am sorry, {name}. Our engineer is on the way up.",
    note: "Drain was blocked. Carpet dried, upgrade to breakfast offered.",
    thanks: "All dry now",
    label: "Complaint",
  },
  {
    language: "en",
    asks: "Can I get a receipt with my company's name on it?",
    answer: "Gladly. Text me the name and address, and it will be in your mailbox tonight.",
    thanks: "Perfect",
    label: "Business",
  },
  {
    language: "en",
    asks: "Look at this sunset from {room}!",
    picture: "view",
    answer: "What a picture, {name}. May we show it to the team?",
    thanks: "Please do",
  },
  {
    language: "en",
    asks: "We think the bedside lamp is broken",
    picture: "lamp",
    answer: "A new one comes up in ten minutes, {name}.",
    note: "Lamp swapped, the old one is on the bench.",
  },
  {
    language: "en",
    asks: "Could a taxi take four people and a pram at 6:45?",
    answer: "Booked for 6:45 at the main door, a large one.",
    thanks: "Lifesaver",
  },
  {
    language: "en",
    asks: "Is the gym open all night?",
    answer: "It is, {name}. Your room key opens the door.",
  },
  {
    language: "de",
    asks: "Guten Morgen, könnten wir heute eine Stunde später auschecken?",
    answer: "Guten Morgen, {name}. Ja, bis 12 Uhr ist kein Problem.",
    thanks: "Sehr freundlich, danke",
  },
  {
    language: "de",
    asks: "In Zimmer {room} fehlt leider ein Föhn.",
    answer: "Entschuldigung! Er ist in fünf Minuten bei Ihnen.",
    note: "Föhn aus dem Lager gebracht, Zimmerliste ergänzt.",
  },
  {
    language: "de",
    asks: "Haben Sie eine Empfehlung für ein Abendessen am Wasser?",
    answer: "Sehr gern: das Pier 12, zehn Minuten zu Fuß. Soll ich reservieren?",
    thanks: "Ja bitte, zwei Personen um halb acht",
  },
  {
    language: "fr",
    asks: "Bonjour, le coffre de la chambre {room} ne ferme pas.",
    answer: "Bonjour, quelqu'un arrive tout de suite.",
    thanks: "Merci beaucoup",
  },
  {
    language: "fr",
    asks: "Peut-on avoir le petit-déjeuner en chambre demain à 8 h ?",
    answer: "Avec plaisir. Deux petits-déjeuners à 8 h, chambre {room}.",
    thanks: "Parfait !",
  },
  {
    language: "es",
    asks: "Hola, ¿a qué hora abre la piscina?",
    answer: "Hola, {name}. De 8 de la mañana a 11 de la noche.",
    thanks: "Gracias",
  },
  {
    language: "es",
    asks: "La televisión de la habitación {room} no tiene señal",
    answer: "Lo siento, {name}. Un técnico sube ahora mismo.",
    note: "Cable suelto, ya funciona.",
  },
  {
    language: "it",
    asks: "Buongiorno, c'è un parcheggio per la macchina elettrica?",
    answer: "Buongiorno! Sì, quattro colonnine nel garage, al livello meno uno.",
    thanks: "Ottimo, grazie",
  },
];

const names: Readonly<Record<Plot["language"], readonly string[]>> = {
  en: [
    ...["Noor Haddad", "Alan Price", "Beth Morgan", "Chidi Eze", "Dana Cole", "Eli Stone"],
    ...["Fay Whitman", "Gus Lindqvist", "Hana Mori", "Ian Doyle", "Joan Perry", "Kofi Mensah"],
    ...["Lily Tran", "Max Archer", "Nell Byrne", "Oscar Dunn", "Pia Holm", "Quinn Abbott"],
    ...["Ravi Menon", "Sara Quist", "Theo Banks", "Uma Sen", "Vera Lund", "Will Carver"],
  ],
  de: ["Anke Roth", "Bernd Falk", "Carla Engel", "Dirk Sommer", "Eva Lorenz", "Felix Kern"],
  fr: ["Alice Morel", "Bruno Petit", "Chloé Garnier", "Denis Roux", "Élise Blanc"],
  es: ["Alba Ruiz", "Carlos Vega", "Elena Soto", "Iván Prieto", "Marta Gil"],
  it: ["Anna Greco", "Dario Conti", "Giulia Serra", "Paolo Riva"],
};

/** How many conversations lie behind the demo: with today's, some two hundred. */
const pastCount = 184;
const daysBack = 14;
const agents: Readonly<Record<DemoHotel, readonly DemoAgent[]>> = {
  house: ["mia", "jo", "lena", "mia"],
  garden: ["lena", "jo"],
};

/**
 * A fortnight of conversations that are over: the same for every demo, so that what people write
 * about it stays true. No chance is involved, only numbers without a common factor.
 */
export const pastStories: readonly Story[] = Array.from({ length: pastCount }, (_, at) =>
  storyOf(at),
);

function storyOf(at: number): Story {
  const plot = plots[(at * 7) % plots.length] as Plot;
  const hotel = at % 5 === 0 ? "garden" : "house";
  const known = names[plot.language];
  const name = known[Math.trunc(at / 2) % known.length] as string;
  const room = hotel === "house" ? String(200 + ((at * 37) % 600)) : String(1 + ((at * 11) % 30));
  // Spread over the fortnight, in the hours in which people write.
  const daysAgo = 1 + ((at * 5) % (daysBack - 1));
  const ago = daysAgo * day + ((at * 89) % (11 * hour)) + 7;
  const nights = 1 + (at % 4);
  return {
    hotel,
    name: at % 11 === 0 ? null : name,
    number: numberOf(at),
    language: plot.language,
    stay: { room, arrival: -daysAgo - 1, departure: -daysAgo - 1 + nights },
    steps: stepsOf(plot, { at, ago, hotel, room, name: name.split(" ")[0] ?? name }),
  };
}

/** American, British and French numbers in turns, each once. */
function numberOf(at: number): string {
  const line = Math.trunc(at / 3);
  const kinds = [
    () => `+161755501${10 + line}`,
    () => `+447700900${String(200 + line).padStart(3, "0")}`,
    () => `+3363998${String(1000 + line).padStart(4, "0")}`,
  ];
  return (kinds[at % kinds.length] as () => string)();
}

function stepsOf(
  plot: Plot,
  given: {
    readonly at: number;
    readonly ago: number;
    readonly hotel: DemoHotel;
    readonly room: string;
    readonly name: string;
  },
): readonly Step[] {
  const { at, ago, hotel, room, name } = given;
  const fill = (text: string) => text.replaceAll("{room}", room).replaceAll("{name}", name);
  const desk = agents[hotel];
  const by = desk[at % desk.length] as DemoAgent;
  const answeredIn = 1 + ((at * 3) % 9);
  const { asks, picture, answer, note, thanks, label } = plot;
  const steps: Step[] = [
    { ago, guest: fill(asks), ...(picture && { picture }) },
    { ago: ago - answeredIn, reply: fill(answer), by, end: "read" },
  ];
  let last = ago - answeredIn;
  const next = (minutesLater: number) => {
    last -= minutesLater;
    return last;
  };
  if (label) steps.push({ ago: next(1), label, by });
  if (note) steps.push({ ago: next(1), note: fill(note), by });
  if (thanks) {
    steps.push({ ago: next(2), guest: thanks }, { ago: next(1), noAnswerNeeded: true, by });
  }
  steps.push({ ago: next(3), close: true, by });
  return steps;
}
