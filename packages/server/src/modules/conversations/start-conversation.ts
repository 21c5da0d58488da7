import type { ConversationId, OperationParsed, operations } from "@foyer/contract";
import type { Context } from "../../platform/access/index.ts";
import { notFound, Refusal } from "../../platform/refusal.ts";
import type { Unit } from "../../platform/scope/index.ts";
import { type Adapters, findChannel } from "../channels/index.ts";
import { hydrateGuests, type NormalizedAddress } from "../contacts/index.ts";
import { appendAnswer } from "./append-answer.ts";
import { assertSendable, checkDraft, type Draft } from "./check-sending.ts";
import { ensureConversation } from "./ensure-conversation.ts";
import * as entries from "./entry-store.ts";
import {
  findRecipient,
  normalizedRecipient,
  noteOfRecipient,
  type Recipient,
} from "./find-recipient.ts";
import { writeOnce } from "./idempotence.ts";
import { reachConversation } from "./reach-conversation.ts";
import { presentAnswer } from "./send-reply.ts";
import * as statements from "./store.ts";
import type { ConversationRow } from "./tables.ts";
import { appendEvent, lock, save } from "./timeline.ts";

type Input = OperationParsed<(typeof operations)["start"]>;

/** What is known before the transaction. */
interface Prepared {
  readonly draft: Draft;
  /** Undefined where a contact was chosen. */
  readonly typed: NormalizedAddress | undefined;
}

/**
 * Writes to a guest first. There is one conversation per guest and property, so one that is there
 * already goes on. How the guest agreed to be texted is known, or said here and recorded; whoever
 * refused is not written to. Said again with the same id, it changes nothing.
 */
export function createStartConversation(adapters: Adapters) {
  return async (context: Context, input: Input) => {
    const prepared = await prepare(context, adapters, input);
    const isIn = (id: ConversationId) => isToThem(context, input, prepared, id);
    const said = { ...input, id: input.messageId, kind: "outbound", isIn } as const;
    const written = await writeOnce(context, said, () => write(context, input, prepared));
    return presentAnswer(context, written ?? (await writtenBefore(context, input)), input);
  };
}

async function prepare(context: Context, adapters: Adapters, input: Input): Promise<Prepared> {
  const { propertyId, channelId, text, attachmentIds } = input;
  const channel = await findChannel(context, channelId);
  if (channel?.propertyId !== propertyId) throw notFound();
  const { addressKind } = adapters[channel.kind].capabilities;
  const typed = await normalizedRecipient(context, input, addressKind);
  const said = { text, attachments: attachmentIds.length };
  return { typed, draft: await checkDraft(context, adapters, channel, said) };
}

function write(context: Context, input: Input, prepared: Prepared): Promise<ConversationRow> {
  const { agentId } = context.caller;
  return context.transact(async (unit) => {
    const recipient = await findRecipient(unit, input, prepared.typed);
    assertWelcome(input, prepared, recipient);
    const { id } = await begin(unit, input, recipient, agentId);
    await noteOfRecipient(unit, input, recipient, agentId);
    // What was noted stands in the timeline by now: the row is another.
    const used = { channel_id: input.channelId, address_id: recipient.address.id };
    const row = { ...(await lock(unit, id)), ...used };
    return save(unit, await appendAnswer(unit, row, { ...input, agentId }));
  });
}

/** @throws Refusal as for any message, and `consent.required` where nobody knows */
function assertWelcome(input: Input, { draft }: Prepared, { address, isBlocked }: Recipient) {
  const isOptedOut = address.consent.state === "opted_out";
  assertSendable({ ...draft, isBlocked, isOptedOut, isTheirs: address.until === null });
  if (address.consent.state === "unknown" && input.consent === undefined) {
    throw new Refusal("consent.required");
  }
}

/** The conversation with the recipient; a new one says who opened it. */
async function begin(
  unit: Unit,
  { propertyId, channelId }: Input,
  { contactId, address }: Recipient,
  agentId: Context["caller"]["agentId"],
): Promise<ConversationRow> {
  const party = { propertyId, channelId, contactId, addressId: address.id };
  const { row, isNew } = await ensureConversation(unit, party, "open");
  if (!isNew) return row;
  return save(unit, await appendEvent(unit, row, { event: "opened", agent_id: agentId }));
}

/** Whether a conversation is the one with whom this call wants to write to. */
async function isToThem(
  context: Context,
  { propertyId, to }: Input,
  { typed }: Prepared,
  id: ConversationId,
): Promise<boolean> {
  const row = await context.read.first(statements.conversationById, { id });
  if (row?.property_id !== propertyId) return false;
  if ("contactId" in to) return row.contact_id === to.contactId;
  const guests = await hydrateGuests(context, propertyId, [row.contact_id]);
  const addresses = guests.get(row.contact_id)?.contact.addresses ?? [];
  return addresses.some(({ kind, value }) => kind === typed?.kind && value === typed.value);
}

async function writtenBefore(context: Context, { messageId }: Input): Promise<ConversationRow> {
  const [entry] = await context.read.all(entries.entriesByIds, { ids: [messageId] });
  if (!entry) throw notFound();
  return reachConversation(context, entry.conversation_id);
}
