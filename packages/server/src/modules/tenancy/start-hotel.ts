import type { OperationParsed, operations } from "@foyer/contract";
import type { Exchange } from "../../platform/access/index.ts";
import type { RateLimiter } from "../../platform/limits/rate-limit.ts";
import { Refusal } from "../../platform/refusal.ts";
import type { Scope, Unit } from "../../platform/scope/index.ts";
import type { Directory } from "../directory/index.ts";
import { readEmail } from "./add-agent.ts";
import { hashPassword } from "./password.ts";
import { createProperty, insertAgent, insertTenantRow } from "./provision-tenant.ts";
import { assertPatience } from "./sign-in.ts";
import { hotelMark } from "./tables.ts";
import { assertPlace } from "./update-property.ts";

/** An organization with its first hotel and its owner: what an installation begins with. */
export type NewHotel = OperationParsed<(typeof operations)["startHotel"]>;

/** The way from the demo to a hotel of one's own. A house that shows no demo has none. */
export interface WayOut {
  /** Is told before there is a hotel: from then on the installation holds more than a demo. */
  readonly beforeHotel: () => void;
}

export interface HotelParts {
  readonly directory: Directory;
  /** Makes the keys of a tenant that has no row yet, and opens its scope. */
  readonly openNewTenant: () => Promise<Scope>;
  /** Under which the directory has the demo, once it is whole. */
  readonly demoMark: string;
  readonly wayOut: WayOut | undefined;
}

/**
 * Makes an organization with a hotel and its owner, whole or not at all.
 *
 * @throws Refusal `agent.email_invalid`, `property.time_zone_unknown`, `request.invalid`
 */
export async function makeHotel(parts: HotelParts, given: NewHotel): Promise<{ email: string }> {
  return make(parts, given, async () => {});
}

/** Says whether the sign-in page may offer to begin with a hotel of one's own. */
export async function mayStartHotel({ wayOut, directory, demoMark }: HotelParts): Promise<boolean> {
  if (!wayOut) return false;
  const [[demo], [hotel]] = await Promise.all([
    directory.find("demo", demoMark),
    directory.find("hotel", hotelMark),
  ]);
  return demo !== undefined && hotel === undefined;
}

/** Makes the installation's first hotel, for whoever asks first; everybody else is refused. */
export function createStartHotel(parts: HotelParts & { readonly attempts: RateLimiter }) {
  // One at a time, so that of two who ask at once the second makes no keys for nothing.
  let last: Promise<unknown> = Promise.resolve();
  return async (exchange: Exchange, given: NewHotel) => {
    assertPatience(parts.attempts.take(exchange.address));
    const made = last.then(() => start(parts, given));
    last = made.catch(() => undefined);
    return made;
  };
}

async function start(parts: HotelParts, given: NewHotel) {
  if (!parts.wayOut || !(await mayStartHotel(parts))) throw new Refusal("installation.has_hotel");
  assertPlausible(given);
  parts.wayOut.beforeHotel();
  return make(parts, given, async (unit, isDemo) => {
    const [hotel] = await parts.directory.hold(unit, "hotel", hotelMark);
    if (!isDemo || hotel) throw new Refusal("installation.has_hotel");
  });
}

function assertPlausible(given: NewHotel): string {
  assertPlace(given);
  return readEmail(given.email);
}

async function make(
  { directory, openNewTenant, demoMark }: HotelParts,
  given: NewHotel,
  assertMay: (unit: Unit, isDemo: boolean) => Promise<void>,
): Promise<{ email: string }> {
  const email = assertPlausible(given);
  const hashed = await hashPassword(given.password);
  const scope = await openNewTenant();
  await scope.transact(async (unit) => {
    // Whoever makes a hotel holds the demo's entry meanwhile, in whatever process.
    const [demo] = await directory.hold(unit, "demo", demoMark);
    await assertMay(unit, demo !== undefined);
    await insertTenantRow(unit, directory, { name: given.organization, kind: "real" });
    const { hotel: name, timeZone, country } = given;
    await createProperty(unit, { name, timeZone, country });
    const owner = { id: unit.mint<"agent">(), name: given.ownerName, email, hashed };
    await insertAgent(unit, directory, { ...owner, role: "owner", propertyIds: [] }, null);
  });
  return { email };
}
