import { FIELD } from "../../platform/keys/field-numbers.ts";
import type { MessageArrived, Unit } from "../../platform/scope/index.ts";
import * as entries from "./entry-store.ts";
import { bodyOf } from "./present-entry.ts";
import { isQuoteOf, readReaction } from "./reaction-text.ts";
import type { ConversationRow, EntryRow } from "./tables.ts";
import { save, tell } from "./timeline.ts";

/** A phone shows a reaction where the message still is; what lies further back is not sought. */
const answersSoughtMax = 50;

/**
 * Takes a phone's reaction for what it is: puts it on the message that it quotes, the newest that
 * fits, or takes it off. No entry, no wait, and a closed conversation stays closed. False where
 * the text is no reaction, or quotes nothing that was said here: it is a message then.
 */
export async function receiveReaction(
  unit: Unit,
  row: ConversationRow,
  { text, media }: MessageArrived,
): Promise<boolean> {
  if (media.length > 0) return false;
  const reaction = readReaction(text);
  if (!reaction) return false;
  const { quoted, emoji, isRemoval } = reaction;
  const sought = { conversationId: row.id, limit: answersSoughtMax };
  const answers = await unit.db.all(entries.newestAnswers, sought);
  const entry = answers.find((answer) => isMeant(unit, answer, quoted));
  if (!entry) return false;
  const sealed = isRemoval ? null : unit.cipher.seal(FIELD.entryReaction, entry.id, emoji);
  await unit.db.run(entries.setReaction, { id: entry.id, reaction: sealed });
  await save(unit, row);
  tell(unit, row, "entry.changed", null, entry.id);
  return true;
}

function isMeant({ cipher }: Unit, answer: EntryRow, quoted: string | null): boolean {
  return quoted === null ? answer.attachments > 0 : isQuoteOf(quoted, bodyOf(cipher, answer));
}
