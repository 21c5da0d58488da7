import type { OperationParsed, operations } from "@foyer/contract";
import type { Context } from "../../platform/access/index.ts";
import { notFound, Refusal } from "../../platform/refusal.ts";
import type { Unit } from "../../platform/scope/index.ts";
import { type Adapters, findChannel } from "../channels/index.ts";
import { writeOnce } from "./idempotence.ts";
import { markSeen } from "./mark-read.ts";
import { presentMessage, presentOne } from "./present.ts";
import { reachConversation } from "./reach-conversation.ts";
import { decideReply } from "./rules.ts";
import * as statements from "./store.ts";
import type { ConversationRow } from "./tables.ts";
import { append, lock, save } from "./timeline.ts";

type Input = OperationParsed<(typeof operations)["reply"]>;

/**
 * Answers a guest: load, authorize, decide, write. The message is stored as queued, and a job
 * that sends it is left in the same transaction; nothing here speaks with a provider. The answer
 * claims a conversation that nobody has. Said again with the same id, it changes nothing.
 */
export function createSendReply(adapters: Adapters) {
  return async (context: Context, input: Input) => {
    const known = await reachConversation(context, input.conversationId);
    const said = { ...input, id: input.messageId, kind: "outbound" } as const;
    const written = await writeOnce(context, said, () => write(context, adapters, known, input));
    const row = written ?? (await reachConversation(context, known.id));
    return present(context, row, input);
  };
}

async function write(
  context: Context,
  adapters: Adapters,
  known: ConversationRow,
  input: Input,
): Promise<ConversationRow> {
  await assertSendable(context, adapters, known, input.text);
  const { agentId } = context.caller;
  return context.transact(async (unit) => {
    const claimed = await claim(unit, await lock(unit, known.id), context);
    const after = await append(unit, claimed, {
      id: input.messageId,
      kind: "outbound",
      text: input.text,
      agent_id: agentId,
      channel_id: claimed.channel_id,
      state: "queued",
    });
    await markSeen(unit, { agentId, conversationId: after.id, position: after.last_position });
    const propertyId = after.property_id;
    unit.schedule({ kind: "message.send", propertyId, subjectId: input.messageId });
    unit.record({ act: "message.written", agentId, subjectId: input.messageId });
    return save(unit, after);
  });
}

/** @throws Refusal `channel.ended` or `message.too_long` */
async function assertSendable(
  context: Context,
  adapters: Adapters,
  row: ConversationRow,
  text: string,
): Promise<void> {
  const channel = await findChannel(context, row.channel_id);
  if (!channel) throw notFound();
  const { textCharactersMax } = adapters[channel.kind].capabilities;
  const { isActive: isChannelActive } = channel;
  const refused = decideReply({ text, isChannelActive, textCharactersMax });
  if (!refused) return;
  const facts = refused === "message.too_long" ? { facts: { textCharactersMax } } : {};
  throw new Refusal(refused, facts);
}

async function claim(unit: Unit, row: ConversationRow, context: Context): Promise<ConversationRow> {
  const isFree = row.assigned_agent_id === null && row.assigned_team_id === null;
  if (!isFree) return row;
  const { agentId } = context.caller;
  return append(
    unit,
    { ...row, assigned_agent_id: agentId },
    {
      id: unit.mint<"entry">(),
      kind: "event",
      event: "assigned",
      agent_id: agentId,
      assignee_agent_id: agentId,
    },
  );
}

async function present(context: Context, row: ConversationRow, input: Input) {
  const [entry] = await context.read.all(statements.entriesByIds, { ids: [input.messageId] });
  if (!entry) throw notFound();
  const conversation = await presentOne(context, context.caller.agentId, row);
  return { message: presentMessage(context.cipher, entry), conversation };
}
