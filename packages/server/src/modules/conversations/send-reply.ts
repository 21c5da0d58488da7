import type { ChannelId, ConversationId, OperationParsed, operations } from "@foyer/contract";
import type { Context } from "../../platform/access/index.ts";
import { notFound, Refusal } from "../../platform/refusal.ts";
import { type Adapters, channelForReply } from "../channels/index.ts";
import { mayText } from "../contacts/index.ts";
import { appendAnswer, countAttachments } from "./append-answer.ts";
import { assertSendable, checkDraft } from "./check-sending.ts";
import * as entries from "./entry-store.ts";
import { writeOnce } from "./idempotence.ts";
import { presentOne } from "./present.ts";
import { presentMessage } from "./present-entry.ts";
import { reachConversation } from "./reach-conversation.ts";
import { retryableStates } from "./rules.ts";
import type { ConversationRow, EntryRow } from "./tables.ts";
import { lock, save } from "./timeline.ts";

type Input = OperationParsed<(typeof operations)["reply"]>;

/**
 * Answers a guest: load, authorize, decide, write. The message is stored as queued, and a job
 * that sends it is left in the same transaction; nothing here speaks with a provider. Said again
 * with the same id, it changes nothing.
 */
export function createSendReply(adapters: Adapters) {
  return async (context: Context, input: Input) => {
    const known = await reachConversation(context, input.conversationId);
    const isIn = (id: ConversationId) => id === known.id;
    const said = { ...input, id: input.messageId, kind: "outbound", isIn } as const;
    const written = await writeOnce(context, said, () => write(context, adapters, known, input));
    const row = written ?? (await reachConversation(context, known.id));
    return presentAnswer(context, row, input);
  };
}

async function write(
  context: Context,
  adapters: Adapters,
  known: ConversationRow,
  input: Input,
): Promise<ConversationRow> {
  const retried = await findRetried(context, input);
  const attachments = countAttachments({ ...input, retried });
  const channelId = await assertReplyable(context, adapters, known, {
    text: input.text,
    attachments,
  });
  const { agentId } = context.caller;
  return context.transact(async (unit) => {
    const row = { ...(await lock(unit, known.id)), channel_id: channelId };
    return save(unit, await appendAnswer(unit, row, { ...input, agentId, retried }));
  });
}

/** @throws Refusal `message.not_retryable` for anything but a failed message said here */
async function findRetried(context: Context, input: Input): Promise<EntryRow | undefined> {
  const { retryOf, conversationId } = input;
  if (retryOf === undefined) return undefined;
  const [entry] = await context.read.all(entries.entriesByIds, { ids: [retryOf] });
  const isRetryable =
    entry?.kind === "outbound" &&
    entry.conversation_id === conversationId &&
    entry.retried_by_id === null &&
    entry.state !== null &&
    retryableStates.includes(entry.state);
  if (!isRetryable) throw new Refusal("message.not_retryable");
  return entry;
}

/** Holds the message against its channel and the guest; returns the channel that it goes by. */
async function assertReplyable(
  context: Context,
  adapters: Adapters,
  row: ConversationRow,
  said: { readonly text: string; readonly attachments: number },
): Promise<ChannelId> {
  const { property_id: propertyId } = row;
  const channel = await channelForReply(context, propertyId, row.channel_id);
  if (!channel) throw notFound();
  const [draft, guest] = await Promise.all([
    checkDraft(context, adapters, channel, said),
    mayText(context, propertyId, row.contact_id, row.address_id),
  ]);
  assertSendable({ ...draft, ...guest });
  return channel.id;
}

/** What a sender gets back: the message, and the conversation as it is with it. */
export async function presentAnswer(
  context: Context,
  row: ConversationRow,
  { messageId }: Pick<Input, "messageId">,
) {
  const [entry] = await context.read.all(entries.entriesByIds, { ids: [messageId] });
  if (!entry) throw notFound();
  const conversation = await presentOne(context, context.caller.agentId, row);
  return { message: await presentMessage(context, entry), conversation };
}
