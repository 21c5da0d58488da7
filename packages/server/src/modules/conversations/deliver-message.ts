import type { EntryId, FailureCode, MessageState } from "@foyer/contract";
import type { JobHandler, JobOutcome, JobRow } from "../../platform/jobs/index.ts";
import { FIELD } from "../../platform/keys/field-numbers.ts";
import type { Scope, Unit } from "../../platform/scope/index.ts";
import {
  type Adapters,
  findChannel,
  type LookUpOutcome,
  type OpenChannel,
  type SendOutcome,
} from "../channels/index.ts";
import { hydrateContacts } from "../contacts/index.ts";
import { bodyOf } from "./present.ts";
import { movesOn, unsentStates, withWait } from "./rules.ts";
import * as statements from "./store.ts";
import type { ConversationRow, EntryRow } from "./tables.ts";
import { lock, save, tell } from "./timeline.ts";

/** An earlier message of the conversation is still on its way: come back soon, later and later. */
const behindAnotherMsMin = 500;
const behindAnotherMsMax = 5_000;
/** The wait until the next look is this part of the time waited so far. */
const partOfWait = 8;
/** How often an uncertain message is looked up before it is left to people. */
const lookUpsMax = 5;
const lookUpAfterMs = 2_000;

const done: JobOutcome = { kind: "done" };

/**
 * Sends a message that an agent wrote. Each step is a transaction of its own, so that wherever
 * the process dies, what stands in the table says what may have happened: a message found as
 * *sending* may have reached the provider, and is looked up instead of being sent again.
 */
export function deliverMessageJob(adapters: Adapters): JobHandler {
  return {
    kind: "message.send",
    run: async (scope, job) => {
      const found = await load(scope, job);
      if (!found) return done;
      const { entry } = found;
      if (entry.state === "queued") return send(scope, adapters, found);
      if (entry.state === "sending") await settle(scope, entry, { kind: "uncertain" });
      if (entry.state === "sending" || entry.state === "uncertain") {
        return lookUp(scope, adapters, found, job);
      }
      return done;
    },
    giveUp: async (scope, job) => {
      const found = await load(scope, job);
      if (found?.entry.state !== "queued") return;
      await settle(scope, found.entry, { kind: "refused", failure: "carrier_unavailable" });
    },
  };
}

interface Loaded {
  readonly entry: EntryRow;
  readonly conversation: ConversationRow;
  readonly channel: OpenChannel;
}

/** The job names a message under its own tenant; of a forged pair nothing is found. */
async function load(scope: Scope, job: JobRow): Promise<Loaded | undefined> {
  const [entry] = await scope.read.all(statements.entriesByIds, {
    ids: [job.subject_id as EntryId],
  });
  if (entry?.kind !== "outbound" || entry.channel_id === null) return undefined;
  const id = entry.conversation_id;
  const conversation = await scope.read.first(statements.conversationById, { id });
  const channel = await findChannel(scope, entry.channel_id);
  return conversation && channel ? { entry, conversation, channel } : undefined;
}

async function send(scope: Scope, adapters: Adapters, found: Loaded): Promise<JobOutcome> {
  const { entry, conversation, channel } = found;
  const { id: conversationId } = conversation;
  const { position } = entry;
  const before = { conversationId, position, states: unsentStates };
  if (await scope.read.first(statements.earlierUnsent, before)) {
    return { kind: "wait", afterMs: turnAfterMs(scope.now() - entry.recorded_at) };
  }
  const to = await addressOf(scope, conversation);
  if (!channel.isActive || to === undefined) {
    await settle(scope, entry, { kind: "refused", failure: "channel_misconfigured" });
    return done;
  }
  const isOurs = await scope.transact((unit) =>
    move(unit, entry, { from: "queued", to: "sending" }),
  );
  if (!isOurs) return done;
  const text = bodyOf(scope.cipher, entry);
  const outcome = await adapters[channel.kind].send(channel.settings, {
    to,
    text,
    reference: entry.id,
  });
  await settle(scope, { ...entry, state: "sending" }, outcome);
  if (outcome.kind === "uncertain") return { kind: "again", afterMs: lookUpAfterMs };
  if (outcome.kind !== "not_taken") return done;
  return { kind: "again", ...(outcome.afterMs === undefined ? {} : { afterMs: outcome.afterMs }) };
}

function turnAfterMs(waitedMs: number): number {
  const afterMs = Math.trunc(waitedMs / partOfWait);
  return Math.min(Math.max(afterMs, behindAnotherMsMin), behindAnotherMsMax);
}

async function addressOf(scope: Scope, row: ConversationRow): Promise<string | undefined> {
  const contacts = await hydrateContacts(scope.read, scope.cipher, [row.contact_id]);
  const addresses = contacts.get(row.contact_id)?.addresses ?? [];
  return addresses.find(({ id }) => id === row.address_id)?.value;
}

/** Asks the provider for a message whose sending nobody saw the end of. Never sends. */
async function lookUp(
  scope: Scope,
  adapters: Adapters,
  { entry, channel }: Loaded,
  job: JobRow,
): Promise<JobOutcome> {
  const outcome = await adapters[channel.kind].lookUp(channel.settings, entry.id);
  if (outcome.kind === "found") {
    await settle(scope, { ...entry, state: "uncertain" }, outcome);
    return done;
  }
  // From here on it is for people to decide: it stays uncertain, in sight.
  return job.attempts < lookUpsMax ? { kind: "again", afterMs: lookUpAfterMs } : done;
}

/** Writes down what came of a sending. A report that was faster than the answer stands. */
async function settle(
  scope: Scope,
  entry: EntryRow,
  outcome: SendOutcome | Extract<LookUpOutcome, { kind: "found" }>,
): Promise<void> {
  const { state } = entry;
  if (state === null) return;
  const step = { from: state, ...stepOf(scope, outcome) };
  await scope.transact(async (unit) => {
    await move(unit, entry, step);
  });
}

interface Step {
  readonly from: MessageState;
  readonly to: MessageState;
  readonly failure?: FailureCode | null;
  readonly providerIndex?: Uint8Array;
}

function stepOf(
  { cipher }: Scope,
  outcome: SendOutcome | Extract<LookUpOutcome, { kind: "found" }>,
): Omit<Step, "from"> {
  const indexOf = (providerId: string) => cipher.index(FIELD.entryProviderIdIndex, providerId);
  switch (outcome.kind) {
    case "accepted":
      return { to: "sent", providerIndex: indexOf(outcome.providerId) };
    case "found":
      return { to: outcome.state, providerIndex: indexOf(outcome.providerId) };
    case "refused":
      return { to: "failed", failure: outcome.failure };
    case "uncertain":
      return { to: "uncertain" };
    case "not_taken":
      return { to: "queued" };
  }
}

/**
 * Moves a message's state and tells the feed; false where somebody moved it first. A failed
 * answer sets the guest waiting again, from now on.
 */
export async function move(unit: Unit, entry: EntryRow, step: Step): Promise<boolean> {
  const conversation = await lock(unit, entry.conversation_id);
  const moved = await unit.db.run(statements.moveEntry, {
    id: entry.id,
    from: step.from,
    to: step.to,
    failure: step.failure ?? null,
    provider_index: step.providerIndex ?? null,
  });
  if (moved === 0) return false;
  const isWaitingAgain = step.to === "failed" && conversation.waiting_since === null;
  await save(unit, isWaitingAgain ? withWait(conversation, unit.now) : conversation);
  tell(unit, conversation, "entry.changed", null, entry.id);
  return true;
}

/** Whether a report is news about a message; see `movesOn`. */
export function isNews(entry: EntryRow, reported: MessageState): boolean {
  return entry.state !== null && movesOn(entry.state, reported);
}
