import type { OperationParsed, operations } from "@foyer/contract";
import type { Context } from "../../platform/access/index.ts";
import { notFound } from "../../platform/refusal.ts";
import { writeOnce } from "./idempotence.ts";
import { presentNote, presentOne } from "./present.ts";
import { reachConversation } from "./reach-conversation.ts";
import * as statements from "./store.ts";
import { append, lock, save } from "./timeline.ts";

type Input = OperationParsed<(typeof operations)["addNote"]>;

/** Says something among colleagues. The guest keeps waiting, and never sees it. */
export async function addNote(context: Context, input: Input) {
  const known = await reachConversation(context, input.conversationId);
  const said = { ...input, id: input.noteId, kind: "note" } as const;
  const written = await writeOnce(context, said, () => write(context, input));
  const row = written ?? (await reachConversation(context, known.id));
  const [entry] = await context.read.all(statements.entriesByIds, { ids: [input.noteId] });
  if (!entry) throw notFound();
  const conversation = await presentOne(context, context.caller.agentId, row);
  return { note: presentNote(context.cipher, entry), conversation };
}

async function write(context: Context, input: Input) {
  const { agentId } = context.caller;
  return context.transact(async (unit) => {
    const row = await lock(unit, input.conversationId);
    const entry = { id: input.noteId, kind: "note", text: input.text, agent_id: agentId } as const;
    const after = await append(unit, row, entry);
    unit.record({ act: "note.added", agentId, subjectId: input.noteId });
    return save(unit, after);
  });
}
