import type { ConversationId, EntryId } from "@foyer/contract";
import type { Context } from "../../platform/access/index.ts";
import { Refusal } from "../../platform/refusal.ts";
import { bodyOf } from "./present.ts";
import * as statements from "./store.ts";
import type { EntryKind } from "./tables.ts";

/**
 * Whether the same call has been made before: the caller mints the id, so a call that is repeated
 * because its answer was lost finds what it made.
 *
 * @throws Refusal `entry.id_taken` where the id stands for something else
 */
export async function entryMadeBefore(
  context: Context,
  given: {
    readonly id: EntryId;
    readonly kind: EntryKind;
    readonly conversationId: ConversationId;
    readonly text: string;
  },
): Promise<boolean> {
  const [entry] = await context.read.all(statements.entriesByIds, { ids: [given.id] });
  if (!entry) return false;
  const isSame =
    entry.kind === given.kind &&
    entry.conversation_id === given.conversationId &&
    entry.agent_id === context.caller.agentId &&
    bodyOf(context.cipher, entry) === given.text;
  if (!isSame) throw new Refusal("entry.id_taken");
  return true;
}
