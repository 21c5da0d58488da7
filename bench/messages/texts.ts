/** What guests write, of the length and with the words of usual texts; no two are the same. */
const openings = [
  "Hello, could we have",
  "Good evening, is it possible to get",
  "Hi there, my wife would like",
  "Sorry to bother you again, we need",
  "Guten Abend, wir hätten gern",
  "Bonjour, pourriez-vous nous apporter",
  "Buenas noches, nos gustaría pedir",
];
const wishes = [
  "two more towels and a pillow",
  "a late check-out tomorrow, around one",
  "a table for four on the terrace",
  "the password of the wireless network",
  "somebody to look at the broken lamp",
  "eine zusätzliche Decke und ein Babybett",
  "un taxi pour l'aéroport demain matin",
  "una botella de agua y hielo",
  "an iron, the shirts are badly creased",
  "the bill, we leave before breakfast",
  "quieter neighbours, the music is loud",
];
const endings = [
  "in room",
  "for the suite on floor",
  "for our daughter's room",
  "für Zimmer",
  "pour la chambre",
  "para la habitación",
];

/** The text with a number, which it begins with: one can tell by it which text was shown. */
export function textOf(number: number): string {
  const opening = openings[number % openings.length];
  const wish = wishes[(number * 7 + Math.trunc(number / 13)) % wishes.length];
  const ending = endings[(number * 5 + Math.trunc(number / 31)) % endings.length];
  return `${number}: ${opening} ${wish} ${ending} ${100 + ((number * 37) % 800)}?`;
}
