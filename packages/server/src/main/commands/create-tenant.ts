import { type FieldIssue, limits, operations } from "@foyer/contract";
import { isCountry, isEmail, isTimeZone, type NewHotel } from "../../modules/tenancy/index.ts";
import {
  type CommandContext,
  type ExitCode,
  exitCodes,
  type OptionValues,
} from "../command-context.ts";
import { prepareInstallation } from "./installation.ts";
import { loadSettings } from "./load-settings.ts";
import { withHouse } from "./open-house.ts";
import { readSecret } from "./read-secret.ts";
import { keyWarning } from "./welcome.ts";

/** The options that make up a hotel, by the name that the contract has for each. */
const options = {
  organization: "organization",
  hotel: "hotel",
  timeZone: "time-zone",
  country: "country",
  ownerName: "owner",
  email: "email",
} as const;

/** `foyer tenant create`: makes an organization with its first hotel and its owner. */
export async function run(context: CommandContext, given: OptionValues): Promise<ExitCode> {
  const configuration = loadSettings(context);
  if (configuration === undefined) return exitCodes.misused;
  const wanted = readHotel(given);
  if ("issues" in wanted) {
    const mistakes = wanted.issues.map(({ field, issue }) => `--${field} ${issue}.`);
    return misuse(context, mistakes.join("\n"));
  }
  const password = await readPassword(context, given);
  if ("says" in password) return misuse(context, password.says);
  const hotel: NewHotel = { ...wanted.hotel, password: password.secret.reveal() };
  const { makesKeys } = prepareInstallation(configuration, false);
  await withHouse(context, configuration, async (house) => {
    await house.migrate();
    await house.createTenant(hotel);
  });
  context.print(`${hotel.organization} is there, with the hotel ${hotel.hotel}.`);
  const url = configuration.listener.publicUrl;
  context.print(`${hotel.ownerName} signs in at ${url} as ${hotel.email.toLowerCase()}`);
  if (makesKeys) context.print(["", ...keyWarning].join("\n"));
  return exitCodes.done;
}

type HotelRead =
  | { readonly hotel: Omit<NewHotel, "password"> }
  | { readonly issues: readonly FieldIssue[] };

function shapeOfHotel() {
  const { body } = operations.startHotel;
  if (!body) throw new Error("A hotel is begun with nothing");
  return body.omit({ password: true });
}

/** Everything that is wrong with what was typed, at once, each under the option's name. */
function readHotel(given: OptionValues): HotelRead {
  const named = Object.entries(options).map(([key, option]) => [key, given[option]]);
  const read = shapeOfHotel().safeParse(Object.fromEntries(named));
  const typed: Record<string, unknown> = Object.fromEntries(named);
  const issues = [
    ...(isEmail(String(typed["email"]).trim())
      ? []
      : [{ field: options.email, issue: "is no e-mail that can exist" }]),
    ...(isTimeZone(String(typed["timeZone"]))
      ? []
      : [{ field: options.timeZone, issue: "is no zone of the IANA list, such as Europe/Paris" }]),
    ...(isCountry(String(typed["country"]))
      ? []
      : [{ field: options.country, issue: "is no country of ISO 3166-1, such as FR" }]),
  ];
  if (read.success && issues.length === 0) return { hotel: read.data };
  const told = new Set<string>(issues.map(({ field }) => field));
  const further = (read.error?.issues ?? []).flatMap(({ path }) => {
    const field = options[path[0] as keyof typeof options];
    const issue = `has 1 to ${limits.nameCharactersMax} characters`;
    return told.has(field) ? [] : [{ field, issue }];
  });
  return { issues: [...issues, ...further] };
}

const { passwordCharactersMin: min, passwordCharactersMax: max } = limits;

async function readPassword(context: CommandContext, given: OptionValues) {
  const option = "password-file";
  const question = { name: "Password", option, file: given[option], asksTwice: true };
  const read = await readSecret(context, question);
  if ("says" in read) return read;
  const { length } = read.secret.reveal();
  if (length >= min && length <= max) return read;
  return { says: `A password has ${min} to ${max} characters. Nothing was made.` };
}

function misuse(context: CommandContext, says: string): ExitCode {
  context.complain(says);
  return exitCodes.misused;
}
