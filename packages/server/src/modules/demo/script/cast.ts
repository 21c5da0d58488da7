/** Who works at the demo's hotels, and what they have at hand. Demo data: none of it exists. */

/** Printed at the start and shown on the sign-in page: a door that is meant to stand open. */
export const demoPassword = "harbour house demo";

export const demoGroup = "Harbour Group";

export const demoHotels = [
  { key: "house", name: "Harbour House", country: "US", number: "+13125550100" },
  { key: "garden", name: "Garden Court", country: "US", number: "+14155550100" },
] as const;
export type DemoHotel = (typeof demoHotels)[number]["key"];

const mail = (name: string) => `${name}@harbourhouse.example.com`;

/** The first is who greets a stranger: the front desk. `desk` says what a role is called there. */
export const demoAgents = [
  { key: "mia", name: "Mia Lind", email: mail("mia"), role: "agent", desk: "Front desk" },
  { key: "jo", name: "Jo Park", email: mail("jo"), role: "supervisor", desk: "Shift lead" },
  { key: "owen", name: "Owen Reed", email: mail("owen"), role: "owner", desk: "Owner" },
  { key: "ines", name: "Ines Costa", email: mail("ines"), role: "administrator", desk: "Office" },
  { key: "tom", name: "Tom Okafor", email: mail("tom"), role: "read_only", desk: "Trainee" },
  { key: "lena", name: "Lena Brandt", email: mail("lena"), role: "agent", desk: "Front desk" },
] as const;
export type DemoAgent = (typeof demoAgents)[number]["key"];

/** Where those work who do not work everywhere. */
export const demoPlaces: Readonly<Record<DemoHotel, readonly DemoAgent[]>> = {
  house: ["mia", "jo", "tom", "lena"],
  garden: ["jo", "lena", "tom"],
};

export const demoTeams = [
  { hotel: "house", name: "Housekeeping", colour: "blue", members: ["jo", "lena"] },
  { hotel: "house", name: "Engineering", colour: "amber", members: ["owen"] },
  { hotel: "house", name: "Concierge", colour: "violet", members: ["mia", "jo"] },
  { hotel: "garden", name: "Reception", colour: "green", members: ["lena", "jo"] },
] as const;
export type DemoTeam = (typeof demoTeams)[number]["name"];

export const demoLabels = [
  { name: "Complaint", colour: "red" },
  { name: "Honeymoon", colour: "violet" },
  { name: "Business", colour: "blue" },
  { name: "Returning guest", colour: "green" },
] as const;
export type DemoLabel = (typeof demoLabels)[number]["name"];

export const demoTemplates = [
  {
    name: "Towels on the way",
    shortcut: "towels",
    texts: [
      {
        language: "en",
        text: "Of course, {first_name}. Fresh towels are on their way to room {room}.",
      },
      { language: "de", text: "Gern, {name}. Frische Handtücher kommen gleich in Zimmer {room}." },
      { language: "fr", text: "Bien sûr, {name}. Des serviettes arrivent chambre {room}." },
      { language: "es", text: "Por supuesto, {name}. Las toallas van a la habitación {room}." },
    ],
  },
  {
    name: "Wireless network",
    shortcut: "wifi",
    texts: [
      { language: "en", text: "The network is Harbour Guest, and the password is sailaway." },
      { language: "de", text: "Das Netz heißt Harbour Guest, das Passwort ist sailaway." },
      { language: "fr", text: "Le réseau est Harbour Guest, le mot de passe sailaway." },
    ],
  },
  {
    name: "Late check-out",
    shortcut: "late",
    texts: [
      {
        language: "en",
        text: "You may keep room {room} until 1 pm on {departure}, {first_name}, at no charge.",
      },
      { language: "de", text: "Zimmer {room} gehört Ihnen am {departure} bis 13 Uhr." },
    ],
  },
  {
    name: "Room is ready",
    shortcut: "ready",
    texts: [
      {
        language: "en",
        text: "Good news, {first_name}: room {room} is ready. See you at the desk.",
      },
      { language: "fr", text: "Bonne nouvelle : la chambre {room} est prête." },
    ],
  },
  {
    name: "Breakfast hours",
    shortcut: "breakfast",
    texts: [
      { language: "en", text: "Breakfast is from 7 to 10:30, on Sundays until 11." },
      { language: "de", text: "Frühstück gibt es von 7 bis 10:30 Uhr, sonntags bis 11 Uhr." },
      { language: "es", text: "El desayuno es de 7 a 10:30, los domingos hasta las 11." },
    ],
  },
  {
    name: "Sorry, on it",
    shortcut: "sorry",
    texts: [
      {
        language: "en",
        text: "I am sorry about that, {first_name}. Somebody is on the way to room {room} now.",
      },
    ],
  },
] as const;
