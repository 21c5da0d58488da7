import type { AttachmentSettled, Unit } from "../../platform/scope/index.ts";
import * as entries from "./entry-store.ts";
import * as statements from "./store.ts";
import { tell } from "./timeline.ts";

/** What a message brought has come, or never will: whoever shows it reads it anew. */
export async function hearOfAttachment(
  unit: Unit,
  { entryId: id }: AttachmentSettled,
): Promise<void> {
  const [entry] = await unit.db.all(entries.entriesByIds, { ids: [id] });
  const of = entry && { id: entry.conversation_id };
  const conversation = of && (await unit.db.first(statements.conversationById, of));
  if (!conversation) return;
  await unit.db.run(entries.touchEntry, { id });
  tell(unit, conversation, "entry.changed", null, id);
}
