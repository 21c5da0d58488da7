import { minutes, type Story } from "./story.ts";

const { hour, day } = minutes;

/** Who waits for an answer right now at Harbour House, the one who waits longest first. */
const waiting: readonly Story[] = [
  {
    hotel: "house",
    name: "Tomás Herrera",
    number: "+13125550112",
    language: "en",
    stay: { room: "508", arrival: 0, departure: 2, title: "Mr" },
    steps: [
      { ago: 3 * hour, guest: "Hi, we are about an hour away. Is the room ready?" },
      { ago: 3 * hour - 4, reply: "It is, Tomás. See you soon.", by: "mia", end: "read" },
      {
        ago: 12,
        guest: "Is there any chance of a crib tonight? Our daughter is eight months old.",
      },
    ],
  },
  {
    hotel: "house",
    name: "Priya Raman",
    number: "+13125550113",
    language: "en",
    stay: { room: "611", arrival: 0, departure: 3, isVip: true, title: "Dr" },
    steps: [
      { ago: 3 * hour, guest: "Just checked in, lovely view. Thank you!", picture: "view" },
      {
        ago: 3 * hour - 6,
        reply: "So glad you like it, Priya. Enjoy the evening.",
        by: "mia",
        end: "read",
      },
      { ago: 3 * hour - 7, label: "Returning guest", by: "mia" },
      {
        ago: 8,
        guest: "The shower won't go past lukewarm, could somebody have a look?",
        picture: "shower",
      },
      {
        ago: 6,
        note: "@Engineering same riser as 509 last week. Check the mixing valve first.",
        by: "jo",
        calls: "Engineering",
      },
    ],
  },
  {
    hotel: "house",
    name: "Hugo Fernández",
    number: "+13055550141",
    language: "es",
    stay: { room: "227", arrival: -2, departure: 2, title: "Sr." },
    steps: [
      { ago: 7 * hour, guest: "Buenas tardes, ¿nos pueden subir dos almohadas más?" },
      {
        ago: 7 * hour - 8,
        reply: "Buenas tardes, Hugo. Van de camino a la habitación 227.",
        by: "mia",
        end: "read",
      },
      { ago: 4, guest: "¡Mil gracias! ¿Se puede cenar todavía en la habitación?" },
    ],
  },
  {
    hotel: "house",
    name: null,
    number: "+13125550148",
    steps: [{ ago: 3, guest: "Hi, do you have parking for a van? It is 2.60 m high." }],
  },
  {
    hotel: "house",
    name: "Jonas Weber",
    number: "+447700900119",
    language: "de",
    stay: { room: "305", arrival: -1, departure: 2, title: "Herr" },
    steps: [
      {
        ago: 26 * hour,
        guest: "Guten Tag, gibt es ein allergikerfreundliches Zimmer ohne Federkissen?",
      },
      {
        ago: 25 * hour,
        reply: "Guten Tag, Herr Weber. Ja, wir richten es für Sie her.",
        by: "jo",
        end: "read",
      },
      {
        ago: 2,
        guest: "Wunderbar, vielen Dank! Könnten wir auch zwei zusätzliche Decken bekommen?",
      },
    ],
  },
  {
    hotel: "house",
    name: "Marie Laurent",
    number: "+33639980121",
    language: "fr",
    stay: { room: "220", arrival: -1, departure: 0, title: "Mme" },
    steps: [
      { ago: 50, guest: "Bonjour, peut-on réserver une table pour quatre à 20 h ?" },
      {
        ago: 44,
        reply: "Bonjour Madame Laurent, c'est fait : quatre personnes à 20 h, près de la fenêtre.",
        by: "mia",
        end: "read",
      },
      { ago: 1, guest: "Merci ! À quelle heure ferme le spa ?" },
    ],
  },
];

/** Open at Harbour House, with nobody waiting. */
const inHand: readonly Story[] = [
  {
    hotel: "house",
    name: "Ada Nguyen",
    number: "+13125550117",
    language: "en",
    stay: { room: "412", arrival: -2, departure: 1, title: "Ms" },
    steps: [
      { ago: 2 * day + 5 * hour, guest: "Hello! Could we check in at noon on arrival day?" },
      {
        ago: 2 * day + 5 * hour - 5,
        reply: "With pleasure, Ada. Your room will be ready at noon.",
        by: "mia",
        end: "read",
      },
      { ago: 9 * hour, guest: "Hello again! Could we keep the room until 1 tomorrow?" },
      {
        ago: 9 * hour - 3,
        reply: "Of course, Ada, 1 pm is no trouble at all. I've noted it for the team.",
        by: "mia",
        end: "read",
      },
      { ago: 8 * hour, note: "Late check-out 13:00 for 412, housekeeping told.", by: "mia" },
    ],
  },
  {
    hotel: "house",
    name: "Ellen Sato",
    number: "+13125550124",
    stay: { room: "415", arrival: -3, departure: 1 },
    steps: [
      { ago: 5 * hour, guest: "I left my charger at breakfast, a white one", picture: "charger" },
      { ago: 5 * hour - 4, assign: "Housekeeping", by: "mia" },
      { ago: 5 * hour - 12, reply: "It's at the bell desk now, Ellen.", by: "lena", end: "read" },
      { ago: 5 * hour - 15, guest: "Liked “It's at the bell desk now, Ellen.”" },
    ],
  },
  {
    hotel: "house",
    name: "David Mercer",
    number: "+13125550126",
    stay: { room: "701", arrival: -1, departure: 1, isVip: true, title: "Mr" },
    steps: [
      { ago: 6 * hour, guest: "Could I get a wake-up call at 5:30?" },
      { ago: 6 * hour - 3, reply: "Of course. 5:30 it is.", by: "jo", end: "read" },
      { ago: 6 * hour - 5, guest: "Perfect, thanks so much" },
      { ago: 6 * hour - 6, noAnswerNeeded: true, by: "mia" },
      { ago: 6 * hour - 8, label: "Business", by: "mia" },
    ],
  },
  {
    hotel: "house",
    name: "Kate Flynn",
    number: "+13125550134",
    stay: { room: "318", arrival: 0, departure: 4 },
    steps: [
      { ago: 90, guest: "We land at four, is that too early for the room?" },
      { ago: 84, assign: "mia", by: "jo" },
      { ago: 80, reply: "Four is perfect, Kate. The room will be ready.", by: "mia" },
    ],
  },
  {
    hotel: "house",
    name: "Grace Oduya",
    number: "+447700900140",
    language: "en",
    stay: { room: "603", arrival: -4, departure: 3, title: "Ms" },
    steps: [
      { ago: 28 * hour, guest: "The music from the bar was loud again last night." },
      { ago: 28 * hour - 6, label: "Complaint", by: "jo" },
      {
        ago: 28 * hour - 9,
        reply: "I am sorry, Grace. We can move you to the courtyard side today, if you like.",
        by: "jo",
        end: "read",
      },
      { ago: 27 * hour, guest: "That would be lovely, thank you. After three works for us." },
      { ago: 27 * hour - 4, assign: "jo", by: "jo" },
      { ago: 27 * hour - 5, reply: "Room 603 is yours from three.", by: "jo", end: "read" },
      { ago: 4 * hour, note: "@Mia Lind moved to 603, fruit basket sent.", by: "jo", calls: "mia" },
    ],
  },
  {
    hotel: "house",
    name: "Rosa Keller",
    number: "+13125550144",
    steps: [
      { ago: 2 * day, guest: "Thanks for the stay, no need to keep my number." },
      { ago: 2 * day - 2, guest: "STOP" },
    ],
  },
];

/** Open at Garden Court. */
const garden: readonly Story[] = [
  {
    hotel: "garden",
    name: "Lucia Bianchi",
    number: "+14155550130",
    language: "it",
    stay: { room: "12", arrival: -1, departure: 1, title: "Sig.ra" },
    steps: [
      { ago: 7, guest: "Buonasera, è possibile avere un taxi domani mattina alle 9?" },
      { ago: 5, assign: "Reception", by: "jo" },
    ],
  },
  {
    hotel: "garden",
    name: "Ben Adeyemi",
    number: "+14155550132",
    stay: { room: "4", arrival: 0, departure: 2 },
    steps: [
      {
        ago: 70,
        guest: "My suitcase has lost a wheel, can somebody fix that?",
        picture: "suitcase",
      },
      { ago: 66, assign: "lena", by: "lena" },
      { ago: 65, reply: "Bring it to the desk, Ben, we know a man.", by: "lena", end: "read" },
    ],
  },
  {
    hotel: "garden",
    name: "Samir Patel",
    number: "+14155550136",
    stay: { room: "14", arrival: 0, departure: 1 },
    steps: [
      { ago: 3 * hour + 20, guest: "Is the pool open this late?" },
      {
        ago: 3 * hour + 12,
        reply: "Until eleven, Samir. Towels are by the door.",
        by: "lena",
        end: "unreachable",
      },
    ],
  },
  {
    hotel: "garden",
    name: "Clara Vogel",
    number: "+447700900133",
    language: "de",
    stay: { room: "21", arrival: -5, departure: 2, isVip: true, title: "Frau" },
    steps: [{ ago: 2, guest: "Könnten Sie uns morgen um 6 Uhr wecken? Danke!" }],
  },
];

/** What goes on when the demo is made: who waits, and what is in hand. */
export const todayStories: readonly Story[] = [...waiting, ...inHand, ...garden];
