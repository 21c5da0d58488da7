import type { FailureCode } from "@foyer/contract";
import type { JobHandler, JobOutcome } from "../../platform/jobs/index.ts";
import type { Scope, Unit } from "../../platform/scope/index.ts";
import { outboundMedia } from "../attachments/index.ts";
import type { Adapters } from "../channels/index.ts";
import { lockContact, openRecipient, type Recipient } from "../contacts/index.ts";
import * as entries from "./entry-store.ts";
import { move, sendKind, settle } from "./move-message.ts";
import { findOutbound, type Outbound } from "./outbound.ts";
import { bodyOf } from "./present-entry.ts";
import { unsentStates } from "./rules.ts";

/**
 * An earlier message of the conversation is still on its way. Whoever settles it says so at once;
 * until then we look by ourselves, later and later.
 */
const behindAnotherMsMin = 500;
const behindAnotherMsMax = 5_000;
/** The wait until the next look is this part of the time waited so far. */
const partOfWait = 8;

const done: JobOutcome = { kind: "done" };

/**
 * Sends a message that an agent wrote. Each step is a transaction of its own, so that wherever
 * the process dies, what stands in the table says what may have happened: a message found as
 * *sending* may have reached the provider, and is looked up instead of being sent again.
 */
export function deliverMessageJob(adapters: Adapters): JobHandler {
  return {
    kind: sendKind,
    run: async (scope, job) => {
      const found = await findOutbound(scope, job);
      if (found?.entry.state === "queued") return send(scope, adapters, found);
      if (found?.entry.state === "sending") {
        await settle(scope, found.entry, { kind: "uncertain" });
      }
      return done;
    },
    giveUp: async (scope, job) => {
      const found = await findOutbound(scope, job);
      if (found?.entry.state !== "queued") return;
      await settle(scope, found.entry, { kind: "refused", failure: "carrier_unavailable" });
    },
  };
}

async function send(scope: Scope, adapters: Adapters, found: Outbound): Promise<JobOutcome> {
  const { entry, channel } = found;
  if (await isBehindAnother(scope, found)) {
    return { kind: "wait", afterMs: turnAfterMs(scope.now() - entry.recorded_at) };
  }
  const media = entry.attachments === 0 ? [] : await outboundMedia(scope, entry.id);
  const to = await scope.transact((unit) => begin(unit, found));
  if (to === undefined) return done;
  const message = { to, text: bodyOf(scope.cipher, entry), reference: entry.id, media };
  const outcome = await adapters[channel.kind].send(channel.settings, message);
  await settle(scope, { ...entry, state: "sending" }, outcome);
  if (outcome.kind !== "not_taken") return done;
  return { kind: "again", ...(outcome.afterMs === undefined ? {} : { afterMs: outcome.afterMs }) };
}

/** Messages of a conversation leave in the order in which they were written. */
async function isBehindAnother(scope: Scope, { entry }: Outbound): Promise<boolean> {
  const { conversation_id: conversationId, position } = entry;
  const before = { conversationId, position, states: unsentStates };
  return (await scope.read.first(entries.earlierUnsent, before)) !== undefined;
}

function turnAfterMs(waitedMs: number): number {
  const afterMs = Math.trunc(waitedMs / partOfWait);
  return Math.min(Math.max(afterMs, behindAnotherMsMin), behindAnotherMsMax);
}

/**
 * Marks a message as being sent, and says to which address; undefined where it is not to be sent.
 * Asked under the contact's lock, which whoever refuses texts, is blocked or loses an address
 * takes as well: what of this was acknowledged is heeded, and all else comes after the sending.
 */
async function begin(unit: Unit, { entry, channel, to }: Outbound): Promise<string | undefined> {
  await lockContact(unit, to.contactId);
  const recipient = await openRecipient({ read: unit.db, cipher: unit.cipher }, to);
  const failure = reasonNotToSend(channel, recipient);
  const state = failure === undefined ? "sending" : "failed";
  const isOurs = await move(unit, entry, { from: "queued", to: state, failure: failure ?? null });
  return isOurs && failure === undefined ? recipient?.address : undefined;
}

function reasonNotToSend(
  { isActive }: Outbound["channel"],
  recipient: Recipient | undefined,
): FailureCode | undefined {
  if (!isActive) return "channel_misconfigured";
  if (!recipient?.isTheirs) return "invalid_number";
  if (recipient.isBlocked) return "blocked";
  return recipient.isOptedOut ? "opted_out" : undefined;
}
