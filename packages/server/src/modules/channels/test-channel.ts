import {
  type EntryId,
  type OperationOutput,
  type OperationParsed,
  type operations,
  writeInstant,
} from "@foyer/contract";
import type { Context } from "../../platform/access/index.ts";
import { Refusal } from "../../platform/refusal.ts";
import {
  findByAddress,
  mayText,
  type NormalizedAddress,
  normalizeAddress,
} from "../contacts/index.ts";
import type { Adapters } from "./adapters/index.ts";
import { reachChannel } from "./channel-settings.ts";
import type { OpenChannel } from "./channels.ts";
import type { SendOutcome } from "./ports.ts";
import * as statements from "./store.ts";

type Output = OperationOutput<(typeof operations)["testChannel"]>;

/** Enough to find what is wrong; too few to text strangers. */
const testsMax = 10;
const testWindowMs = 60 * 60_000;

/**
 * Sends one text to a number of the caller's own while they wait, and says what came of it. It
 * holds nothing but the channel's own number, so it needs no language. A test is written down
 * first: it counts, and what the provider reports of it later is known to be about a test.
 *
 * This is the one use-case that speaks with a provider: what it learns is its answer. It does so
 * outside any transaction, for as long as the adapter is patient, and never tries again.
 *
 * @throws Refusal `channel.ended`, `contact.address_invalid`, `contact.opted_out`,
 *   `contact.blocked`, `channel.too_many_tests`
 */
export function createTestChannel({ adapters }: { readonly adapters: Adapters }) {
  return async (
    context: Context,
    input: OperationParsed<(typeof operations)["testChannel"]>,
  ): Promise<Output> => {
    const channel = await reachChannel(context, input);
    if (!channel.isActive) throw new Refusal("channel.ended");
    const adapter = adapters[channel.kind];
    const kind = adapter.capabilities.addressKind;
    const address = normalizeAddress({ kind, value: input.to }, undefined);
    if (!address) throw new Refusal("contact.address_invalid");
    await assertMayText(context, input, address);
    const reference = context.mint<"entry">();
    await writeDown(context, channel, reference);
    const text = `Foyer: ${channel.settings.address} OK`;
    const message = { to: address.value, text, reference, media: [] };
    const outcome = await adapter.send(channel.settings, message);
    return { ...told(outcome), at: writeInstant(context.now()) };
  };
}

/** A number may be a guest's: whoever said STOP gets no test either. Nobody's is anybody's own. */
async function assertMayText(
  context: Context,
  { propertyId }: Pick<OperationParsed<(typeof operations)["testChannel"]>, "propertyId">,
  address: NormalizedAddress,
): Promise<void> {
  const found = await findByAddress({ cipher: context.cipher, db: context.read }, address);
  if (!found) return;
  const guest = await mayText(context, propertyId, found.contactId, found.addressId);
  if (guest.isBlocked) throw new Refusal("contact.blocked");
  if (guest.isOptedOut) throw new Refusal("contact.opted_out");
}

async function writeDown(context: Context, channel: OpenChannel, id: EntryId): Promise<void> {
  const { id: channelId } = channel;
  const { agentId } = context.caller;
  await context.transact(async (unit) => {
    await unit.db.first(statements.lockChannel, { id: channelId });
    const since = unit.now - testWindowMs;
    const tests = await unit.db.all(statements.testsSince, { channelId, since, limit: testsMax });
    const oldest = tests.at(-1);
    if (oldest && tests.length >= testsMax) {
      const waitMs = oldest.created_at - since;
      const retryAfterSeconds = Math.max(1, Math.ceil(waitMs / 1000));
      throw new Refusal("channel.too_many_tests", { retryAfterSeconds });
    }
    await unit.db.run(statements.insertTest, { id, channelId, agentId, now: unit.now });
    unit.record({ act: "channel.tested", agentId, subjectId: channelId });
  });
}

function told(outcome: SendOutcome): Omit<Output, "at"> {
  const quiet = { failure: null, providerCode: null };
  switch (outcome.kind) {
    case "accepted":
      return { outcome: "sent", ...quiet };
    case "uncertain":
      return { outcome: "uncertain", ...quiet };
    case "not_taken":
      return { outcome: "failed", failure: "carrier_unavailable", providerCode: null };
    case "refused": {
      const { failure, providerCode = null } = outcome;
      return { outcome: "failed", failure, providerCode };
    }
  }
}
