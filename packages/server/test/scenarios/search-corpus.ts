/** What guests of seven languages might write, made anew and always alike from a seed. */

/** A generator of numbers below 2³² that gives the same ones in every run (mulberry32). */
export type Random = () => number;

export function randomFrom(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

export function pick<Item>(random: Random, items: readonly Item[]): Item {
  const item = items[random() % items.length];
  if (item === undefined) throw new RangeError("There is nothing to pick from.");
  return item;
}

/** A guest as the test knows them: by heart, and not by any index. */
export interface PlainGuest {
  readonly name: string | null;
  readonly room: string | null;
  readonly label: string | null;
  readonly title: string | null;
  readonly messages: readonly string[];
}

const names = [
  "Ingrid Lind",
  "Jürgen Müller",
  "Chloé Lefèvre",
  "José García",
  "Giulia Rossi",
  "佐藤 美咲",
  "ليلى حداد",
  "Will Baker",
  "Ana-María O'Neill",
  "Øyvind Strøm",
  "Anna Towell",
  "Rosa Handtuch",
] as const;

export const labels = ["Honeymoon", "Stammgast", "Sea view", "Fidèle"] as const;
const titles = ["Dr.", "Frau", "Madame", "Sig.ra"] as const;

/** Every line gives as many sentences as it has choices. */
const patterns: readonly string[] = [
  "Could we have {two more|fresh|some extra} {towels|pillows|slippers|towel} in {room|suite} {412|318|27|1204}?",
  "We would like a late {checkout|check-out} for {Sunday|Monday} at {noon|half past eleven}, please",
  "The {lamp|shower|heating} is {broken|leaking|cold} and nobody came since {noon|Monday}",
  "Is the {pool|sauna|bar|restaurant} open {tonight|tomorrow|on Sunday}? {Thanks!|It's urgent.|}",
  "Könnten wir {frische|zusätzliche} {Handtücher|Kissen|Bademäntel} für {Zimmer|Suite} {412|318|27} haben?",
  "Wann gibt es {Frühstück|Abendessen} und wie komme ich zum {Flughafen|Bahnhof|Müllerplatz}?",
  "Die {Klimaanlage|Heizung|Dusche} {tropft|rauscht} seit {gestern|Montag}, bitte {kommen|helfen} Sie",
  "Pourriez-vous apporter {des serviettes|des oreillers|une couverture} à la chambre {412|318|27} ?",
  "À quelle heure est le {petit-déjeuner|dîner} et où est la {piscine|réception} de l'hôtel ?",
  "La {lampe|douche|climatisation} est {cassée|froide}, {merci|c'est urgent}",
  "¿Pueden traer {toallas|almohadas|mantas} a la {habitación|suite} {412|318|27} {mañana|esta noche}?",
  "La {calefacción|ducha|televisión} no funciona y necesitamos {ayuda|un técnico}",
  "Vorrei {due asciugamani|un cuscino|le lenzuola} per la {camera|suite} {412|318|27} {domani|stasera}",
  "A che ora è la {colazione|cena} e dov'è la {città vecchia|stazione}?",
  "{部屋|スイート}に{タオル|枕|毛布}を{二枚|もう一つ}お願いします",
  "{チェックアウト|朝食|夕食}は何時ですか",
  "هل يمكن إحضار {مناشف|وسائد|بطانية} إلى الغرفة {412|318|27}",
  "متى {الفطور|العشاء} وأين {المسبح|المطعم}",
];

/** So many guests, each with a few messages, some with a name, a room, a label, a title. */
export function makeGuests(random: Random, count: number): readonly PlainGuest[] {
  const some = <Item>(items: readonly Item[], shareOfTen: number): Item | null =>
    random() % 10 < shareOfTen ? pick(random, items) : null;
  return Array.from({ length: count }, () => ({
    name: some(names, 7),
    room: some(["412", "318", "27", "1204", "A 12", "Garden 3"], 6),
    label: some(labels, 4),
    title: some(titles, 4),
    messages: Array.from({ length: 4 + (random() % 5) }, () => sentence(random)),
  }));
}

function sentence(random: Random): string {
  return pick(random, patterns).replace(/\{([^}]*)\}/g, (_, options: string) =>
    pick(random, options.split("|")),
  );
}

/** A reader of plain text that shares no code with the analysis. */
export function plainWords(text: string): readonly string[] {
  const plain = text
    .normalize("NFD")
    .replace(/\p{Mn}/gu, "")
    .toLowerCase();
  return plain.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== "");
}

/** What somebody might type who looks for one of these guests, or for what they wrote. */
export function makeQueries(random: Random, guests: readonly PlainGuest[], count: number) {
  return Array.from({ length: count }, () => {
    const guest = pick(random, guests);
    return pick(random, ways)(random, guest, guests);
  }).filter((typed) => typed.trim() !== "");
}

type Way = (random: Random, guest: PlainGuest, guests: readonly PlainGuest[]) => string;

const wordsOf = (text: string) => text.split(/[\s,.?!¿]+/u).filter((word) => word !== "");
const wordOf = (random: Random, { messages }: PlainGuest) =>
  pick(random, wordsOf(pick(random, messages)));
const nameOf = (random: Random, { name }: PlainGuest) =>
  name === null ? "" : pick(random, wordsOf(name));

const ways: readonly Way[] = [
  (random, guest) => wordOf(random, guest),
  (random, guest) => `${wordOf(random, guest)} `,
  (random, guest) => wordOf(random, guest).toUpperCase(),
  (random, guest) => wordOf(random, guest).slice(0, 3 + (random() % 3)),
  (random, guest) => `${wordOf(random, guest)} ${wordOf(random, guest)}`,
  (random, guest, guests) => `${wordOf(random, guest)} ${wordOf(random, pick(random, guests))}`,
  (random, guest) => {
    const words = wordsOf(pick(random, guest.messages));
    const from = random() % words.length;
    return `"${words.slice(from, from + 2 + (random() % 2)).join(" ")}"`;
  },
  (random, guest) => nameOf(random, guest),
  (_, guest) => guest.name ?? "",
  (_, guest) => guest.room ?? "412",
  (random, guest) => `${nameOf(random, guest)} ${wordOf(random, guest)}`,
  (random, guest) => `${wordOf(random, guest)} ${nameOf(random, guest)}`,
  (random, guest) => `${guest.room ?? "318"} ${wordOf(random, guest)}`,
  (random, guest) => `${guest.label ?? "honey"} ${wordOf(random, guest)}`,
  (random, guest) => `${nameOf(random, guest)} ${guest.room ?? ""} ${wordOf(random, guest)}`,
  (random, guest) => `${nameOf(random, guest)} "${wordOf(random, guest)}"`,
  (_, guest) => guest.label ?? "sea",
  (random) => pick(random, ["タオル", "部屋に", "朝食", "مناشف", "الغرفة 412", "佐藤 タオル"]),
  (random) => pick(random, ["violoncello", "room 999", "the", "is it", "?!", "41", "to"]),
];
