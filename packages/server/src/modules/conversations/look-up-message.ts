import type { MessageState } from "@foyer/contract";
import type { JobHandler, JobOutcome } from "../../platform/jobs/index.ts";
import { FIELD } from "../../platform/keys/field-numbers.ts";
import type { Scope } from "../../platform/scope/index.ts";
import type { Adapters, LookUpOutcome } from "../channels/index.ts";
import { openRecipient } from "../contacts/index.ts";
import * as entries from "./entry-store.ts";
import { lookUpAfterMs, lookUpKind, settle } from "./move-message.ts";
import { findOutbound, type Outbound } from "./outbound.ts";
import { bodyOf } from "./present-entry.ts";

/** How often an uncertain message is looked up before it is left to people. */
const lookUpsMax = 5;
/** Of a message in these the provider may have one whose id is not known here. */
const twinStates: readonly MessageState[] = ["sending", "uncertain"];
/** A conversation has few of them; beyond these one is taken to say the same. */
const othersReadMax = 50;

/**
 * Asks the provider for a message whose sending nobody saw the end of. Never sends. A job of its
 * own, left when the message becomes uncertain: however often it was tried before, it is looked
 * up as often as any other.
 */
export function lookUpMessageJob(adapters: Adapters): JobHandler {
  return {
    kind: lookUpKind,
    run: async (scope, job) => {
      const found = await findOutbound(scope, job);
      if (found?.entry.state !== "uncertain") return { kind: "done" };
      const outcome = await lookUp(scope, adapters, found);
      if (outcome?.kind === "found") await settle(scope, found.entry, outcome);
      // After the last look it is for people to decide: it stays uncertain, in sight.
      const isOver = outcome?.kind === "found" || job.attempts >= lookUpsMax;
      return isOver ? { kind: "done" } : ({ kind: "again", afterMs: lookUpAfterMs } as JobOutcome);
    },
  };
}

async function lookUp(
  scope: Scope,
  adapters: Adapters,
  found: Outbound,
): Promise<LookUpOutcome | undefined> {
  const { entry, channel } = found;
  const recipient = await openRecipient(scope, found.to);
  if (!recipient) return undefined;
  return adapters[channel.kind].lookUp(channel.settings, {
    reference: entry.id,
    to: recipient.address,
    text: bodyOf(scope.cipher, entry),
    writtenAt: entry.recorded_at,
    isKnown: async (providerId) => {
      const providerIndex = scope.cipher.index(FIELD.entryProviderIdIndex, providerId);
      return (await scope.read.first(entries.entryByProvider, { providerIndex })) !== undefined;
    },
    hasTwin: () => hasTwin(scope, found),
  });
}

/**
 * Of all that this guest was told, whichever address it went to: a number that was taken from them
 * and given back is another address here, and the same to a provider.
 */
async function hasTwin(scope: Scope, { entry }: Outbound): Promise<boolean> {
  const { id, conversation_id: conversationId } = entry;
  const asked = { id, conversationId, states: twinStates, limit: othersReadMax };
  const others = await scope.read.all(entries.othersIn, asked);
  if (others.length === othersReadMax) return true;
  const text = bodyOf(scope.cipher, entry);
  return others.some((other) => bodyOf(scope.cipher, other) === text);
}
