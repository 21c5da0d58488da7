import { Refused } from "@foyer/client";
import { limits, type RefusalCode } from "@foyer/contract";
import { whyNotEmail, whyNotName } from "../../ui/typed.ts";
import { whyRefused } from "../../ui/words.ts";
import { hotelWords as words } from "./words.ts";

/** What a hotel begins with. */
export interface HotelValues {
  readonly organization: string;
  readonly hotel: string;
  readonly timeZone: string;
  readonly country: string;
  readonly ownerName: string;
  readonly email: string;
  readonly password: string;
}

/** What is wrong, by field; `form` for what is wrong with none of them. */
export type HotelProblems = Partial<Record<keyof HotelValues | "form", string>>;

const fields: readonly (keyof HotelValues)[] = [
  "organization",
  "hotel",
  "timeZone",
  "country",
  "ownerName",
  "email",
  "password",
];

/** What can be seen to be wrong before anything is sent. */
export function checkHotel(values: HotelValues): HotelProblems {
  const { nameCharactersMax, passwordCharactersMin } = limits;
  const isShort = values.password.length < passwordCharactersMin;
  const found: HotelProblems = {
    ...problem("organization", whyNotName(values.organization, nameCharactersMax)),
    ...problem("hotel", whyNotName(values.hotel, nameCharactersMax)),
    ...problem("ownerName", whyNotName(values.ownerName, nameCharactersMax)),
    ...problem("email", whyNotEmail(values.email)),
    ...problem("password", isShort ? words.passwordHint(passwordCharactersMin) : null),
  };
  return found;
}

function problem(field: keyof HotelValues, why: string | null): HotelProblems {
  return why === null ? {} : { [field]: why };
}

const fieldOfRefusal: Partial<Record<RefusalCode, keyof HotelValues>> = {
  "agent.email_invalid": "email",
  "property.time_zone_unknown": "timeZone",
};

/** What the server refused, at the field that it is about where there is one. */
export function refusedHotel(error: unknown): HotelProblems {
  if (!(error instanceof Refused)) return { form: words.notStarted(whyRefused(undefined)) };
  const { code, issues = [] } = error.problem;
  if (code === "installation.has_hotel") return { form: words.hasHotel };
  const field = fieldOfRefusal[code];
  if (field) return { [field]: whyRefused(code) };
  const named = issues.flatMap(({ field: name }) => fields.find((one) => one === name) ?? []);
  if (named.length > 0) {
    return Object.fromEntries(named.map((name) => [name, words.notValid]));
  }
  return { form: words.notStarted(whyRefused(code)) };
}

/** Where this machine stands, as far as the browser knows. */
export function placeOfMachine(): Pick<HotelValues, "timeZone" | "country"> {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return { timeZone, country: new Intl.Locale(navigator.language).maximize().region ?? "US" };
}
