import type { Role } from "@foyer/contract";

export const words = {
  title: "Sign in to Foyer",
  email: "E-mail",
  password: "Password",
  show: "Show password",
  hide: "Hide password",
  signIn: "Sign in",
  signingIn: "Signing in",
  wrong: "The e-mail or the password is wrong.",
  tooMany: (wait: string) => `Too many attempts. Try again in ${wait}.`,
  tooManySoon: "Too many attempts. Try again now.",
  unreachable: "No answer from the server. Check your connection.",
  failed: "Something went wrong on our side. Try again.",
  emailMissing: "Enter your e-mail.",
  passwordMissing: "Enter your password.",
  choose: "Where do you work today?",
  back: "Use another account",
  demoTitle: "Look around the demo",
  demoText: "Everything in it is made up. Choose who to be.",
  startHotel: "Start with my own hotel",
  startHotelHint: "An empty inbox, with you as its owner.",
  ended: "You were signed out. Sign in to go on.",
  tagline: "Every guest, one inbox.",
  promise: "Answer texts as a team, see who waits longest, and keep each brand's data its own.",
};

/** The way out of the demo, as its form says it. */
export const hotelWords = {
  title: "Start with my own hotel",
  about: "An empty inbox of your own, beside the demo. You are its owner.",
  organization: "Organization",
  organizationHint: "The brand or company. It may have several hotels.",
  hotel: "Hotel",
  timeZone: "Time zone",
  findZone: "Find a city",
  noZone: "No zone is called so",
  country: "Country",
  countryHint: "How numbers without a country are read.",
  findCountry: "Find a country",
  noCountry: "No country is called so",
  owner: "Your name",
  email: "E-mail",
  password: "Password",
  passwordHint: (count: number) => `At least ${count} characters.`,
  start: "Start hotel",
  starting: "Starting",
  back: "Back to sign in",
  hasHotel:
    "This installation has a hotel already. Whoever runs it adds another with foyer tenant create.",
  notStarted: (why: string) => `Not started. ${why}`,
  notValid: "This is not valid.",
};

const roleWords: Record<Role, string> = {
  owner: "Owner",
  administrator: "Administrator",
  supervisor: "Supervisor",
  agent: "Front desk",
  read_only: "Reads along",
};

/** How a role is called; a role that this version does not know by its own name. */
export function roleName(role: string): string {
  return role in roleWords ? roleWords[role as Role] : role;
}

/** "1 min 35 s", "20 s" */
export function waitWords(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const rest = `${seconds % 60} s`;
  return minutes === 0 ? rest : `${minutes} min ${rest}`;
}
