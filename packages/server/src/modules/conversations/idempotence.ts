import type { ConversationId, EntryId } from "@foyer/contract";
import type { Context } from "../../platform/access/index.ts";
import { Refusal } from "../../platform/refusal.ts";
import { bodyOf } from "./present.ts";
import * as statements from "./store.ts";
import type { EntryKind } from "./tables.ts";

/** What a call says of the entry that it writes. */
export interface Said {
  readonly id: EntryId;
  readonly kind: EntryKind;
  readonly conversationId: ConversationId;
  readonly text: string;
}

/**
 * Writes an entry once, however often the call is made: the caller mints the id, so a call that
 * is repeated because its answer was lost, or made twice at once, finds what it made. Returns
 * undefined then.
 *
 * @throws Refusal `entry.id_taken` where the id stands for something else
 */
export async function writeOnce<Written>(
  context: Context,
  said: Said,
  write: () => Promise<Written>,
): Promise<Written | undefined> {
  if (await wasMadeBefore(context, said)) return undefined;
  try {
    return await write();
  } catch (error) {
    const isTaken = error instanceof Refusal && error.code === "entry.id_taken";
    if (isTaken && (await wasMadeBefore(context, said))) return undefined;
    throw error;
  }
}

async function wasMadeBefore(context: Context, said: Said): Promise<boolean> {
  const [entry] = await context.read.all(statements.entriesByIds, { ids: [said.id] });
  if (!entry) return false;
  // Stored as UTF-8, which cannot say half a surrogate pair.
  const isSame =
    entry.kind === said.kind &&
    entry.conversation_id === said.conversationId &&
    entry.agent_id === context.caller.agentId &&
    bodyOf(context.cipher, entry) === said.text.toWellFormed();
  if (!isSame) throw new Refusal("entry.id_taken");
  return true;
}
