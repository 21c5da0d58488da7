import type { AgentId, AttachmentId, ChannelId, EntryId, PropertyId } from "@foyer/contract";
import { FIELD } from "../../platform/keys/field-numbers.ts";
import { Refusal } from "../../platform/refusal.ts";
import type { ArrivedMedia, Unit } from "../../platform/scope/index.ts";
import { profileOf, sealProfile } from "./profile.ts";
import * as statements from "./store.ts";

/** The job that fetches what a guest's message brought. */
export const fetchJobKind = "attachment.fetch";

/**
 * Makes attachments part of a message, in this order. Each must lie ready at the property, have
 * been handed in by this agent, and be part of nothing yet.
 *
 * @throws Refusal `attachment.not_ready`
 */
export async function attach(
  unit: Unit,
  given: {
    readonly propertyId: PropertyId;
    readonly agentId: AgentId;
    readonly entryId: EntryId;
    readonly attachmentIds: readonly AttachmentId[];
  },
): Promise<void> {
  const { propertyId, agentId, entryId } = given;
  for (const [position, id] of given.attachmentIds.entries()) {
    const args = { id, entryId, position, propertyId, agentId };
    const attached = await unit.db.run(statements.attachToEntry, args);
    if (attached === 0) throw new Refusal("attachment.not_ready");
  }
}

/** Gives a message that says another again what that one brought. The bytes are shared. */
export async function attachAgain(
  unit: Unit,
  given: { readonly from: EntryId; readonly to: EntryId; readonly agentId: AgentId },
): Promise<void> {
  const brought = await unit.db.all(statements.attachmentsOfEntries, { entryIds: [given.from] });
  const rows = brought.flatMap((row) => {
    const profile = profileOf(unit.cipher, row);
    if (profile === null) return [];
    const id = unit.mint<"attachment">();
    const sealed = sealProfile(unit.cipher, id, profile);
    const own = { id, entry_id: given.to, agent_id: given.agentId, profile: sealed };
    return [{ ...row, ...own, upload_digest: null, created_at: unit.now }];
  });
  if (rows.length > 0) await unit.db.run(statements.insertAttachments, { rows });
}

/**
 * Writes down what a guest's message brings and leaves a job to fetch each: the message is there
 * at once, and says that its pictures are on their way.
 */
export async function expect(
  unit: Unit,
  given: {
    readonly propertyId: PropertyId;
    readonly channelId: ChannelId;
    readonly entryId: EntryId;
    readonly media: readonly ArrivedMedia[];
  },
): Promise<void> {
  const { propertyId, channelId, entryId, media } = given;
  const rows = media.map(({ url }, position) => {
    const id = unit.mint<"attachment">();
    return {
      id,
      property_id: propertyId,
      entry_id: entryId,
      position,
      state: "fetching" as const,
      agent_id: null,
      channel_id: channelId,
      source: unit.cipher.seal(FIELD.attachmentSource, id, url),
      profile: null,
      upload_digest: null,
      content_id: null,
      created_at: unit.now,
    };
  });
  if (rows.length === 0) return;
  await unit.db.run(statements.insertAttachments, { rows });
  for (const { id } of rows) unit.schedule({ kind: fetchJobKind, propertyId, subjectId: id });
}
