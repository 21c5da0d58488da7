import type { AttachmentId, ConversationId, EntryId } from "@foyer/contract";
import type { Context } from "../../platform/access/index.ts";
import { Refusal } from "../../platform/refusal.ts";
import { hydrateAttachments } from "../attachments/index.ts";
import * as entries from "./entry-store.ts";
import { bodyOf } from "./present-entry.ts";
import type { EntryKind, EntryRow } from "./tables.ts";

/** What a call says of the entry that it writes. */
export interface Said {
  readonly id: EntryId;
  readonly kind: EntryKind;
  readonly text: string;
  readonly attachmentIds?: readonly AttachmentId[];
  /** Whether it was said in this conversation. */
  readonly isIn: (conversationId: ConversationId) => boolean | Promise<boolean>;
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
    // A call that lost to its own twin may be refused for what the twin has used up.
    if (error instanceof Refusal && (await wasMadeBefore(context, said))) return undefined;
    throw error;
  }
}

async function wasMadeBefore(context: Context, said: Said): Promise<boolean> {
  const [entry] = await context.read.all(entries.entriesByIds, { ids: [said.id] });
  if (!entry) return false;
  if (await isSame(context, entry, said)) return true;
  throw new Refusal("entry.id_taken");
}

async function isSame(context: Context, entry: EntryRow, said: Said): Promise<boolean> {
  const isTheirs = entry.kind === said.kind && entry.agent_id === context.caller.agentId;
  // Stored as UTF-8, which cannot say half a surrogate pair.
  if (!isTheirs || bodyOf(context.cipher, entry) !== said.text.toWellFormed()) return false;
  if (!(await isBrought(context, entry, said.attachmentIds ?? []))) return false;
  return said.isIn(entry.conversation_id);
}

/** A retry that names no attachments brings those of the message that it says again. */
async function isBrought(
  context: Context,
  { id }: EntryRow,
  attachmentIds: readonly AttachmentId[],
): Promise<boolean> {
  if (attachmentIds.length === 0) return true;
  const brought = (await hydrateAttachments(context, [id])).get(id) ?? [];
  return brought.map((attachment) => attachment.id).join() === attachmentIds.join();
}
