import type {
  AgentId,
  ConversationId,
  Mention,
  OperationParsed,
  operations,
} from "@foyer/contract";
import type { Context } from "../../platform/access/index.ts";
import { notFound, Refusal } from "../../platform/refusal.ts";
import type { Unit } from "../../platform/scope/index.ts";
import { listAgents, listTeams } from "../tenancy/index.ts";
import * as entries from "./entry-store.ts";
import { writeOnce } from "./idempotence.ts";
import { callAgents } from "./mark-read.ts";
import { presentOne } from "./present.ts";
import { presentNote } from "./present-entry.ts";
import { reachConversation } from "./reach-conversation.ts";
import type { ConversationRow } from "./tables.ts";
import { append, lock, save } from "./timeline.ts";

type Input = OperationParsed<(typeof operations)["addNote"]>;

/** Says something among colleagues. The guest keeps waiting, and never sees it. */
export async function addNote(context: Context, input: Input) {
  const known = await reachConversation(context, input.conversationId);
  const { noteId: id, text } = input;
  const isIn = (conversationId: ConversationId) => conversationId === known.id;
  const said = { id, kind: "note", text, isIn } as const;
  const written = await writeOnce(context, said, () => write(context, known, input));
  const row = written ?? (await reachConversation(context, known.id));
  const [entry] = await context.read.all(entries.entriesByIds, { ids: [id] });
  if (!entry) throw notFound();
  const conversation = await presentOne(context, context.caller.agentId, row);
  return { note: await presentNote(context, entry), conversation };
}

async function write(context: Context, known: ConversationRow, input: Input) {
  const { agentId } = context.caller;
  const { noteId: id, text, mentions } = input;
  const called = await calledBy(context, known, mentions);
  return context.transact(async (unit) => {
    const row = await lock(unit, known.id);
    const after = await append(unit, row, { id, kind: "note", text, agent_id: agentId });
    await writeMentions(unit, input);
    await callAgents(unit, after, called);
    unit.record({ act: "note.added", agentId, subjectId: id });
    return save(unit, after);
  });
}

/**
 * The people whom a note calls: those whom it names, and all of a team. Not its author.
 *
 * @throws Refusal `assignment.impossible` for somebody who does not work here
 */
async function calledBy(
  context: Context,
  { property_id: propertyId }: ConversationRow,
  mentions: readonly Mention[],
): Promise<AgentId[]> {
  if (mentions.length === 0) return [];
  const [agents, teams] = await Promise.all([
    listAgents(context, propertyId),
    listTeams(context, propertyId),
  ]);
  const here = new Set(agents.filter(({ isActive }) => isActive).map(({ id }) => id));
  const called = mentions.flatMap((mention) => {
    const team = "teamId" in mention && teams.find(({ id }) => id === mention.teamId);
    if (team) return team.agentIds.filter((id) => here.has(id));
    if ("agentId" in mention && here.has(mention.agentId)) return [mention.agentId];
    throw new Refusal("assignment.impossible");
  });
  return [...new Set(called)].filter((id) => id !== context.caller.agentId);
}

async function writeMentions(unit: Unit, { noteId, mentions }: Input): Promise<void> {
  if (mentions.length === 0) return;
  const rows = mentions.map((mention, place) => ({
    entry_id: noteId,
    place,
    agent_id: "agentId" in mention ? mention.agentId : null,
    team_id: "teamId" in mention ? mention.teamId : null,
  }));
  await unit.db.run(entries.insertMentions, { rows });
}
