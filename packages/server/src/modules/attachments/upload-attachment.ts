import { createHash } from "node:crypto";
import {
  type Attachment,
  attachmentMediaTypes,
  type OperationParsed,
  type operations,
} from "@foyer/contract";
import type { Context } from "../../platform/access/index.ts";
import type { BlobStore } from "../../platform/blobs/blob-store.ts";
import { FIELD } from "../../platform/keys/field-numbers.ts";
import { Refusal } from "../../platform/refusal.ts";
import { dropContent, keepContent } from "./keep-content.ts";
import { pixelsMax, type Recognised, recognise } from "./media/recognise.ts";
import { presentAttachment } from "./present.ts";
import { type Profile, sealProfile } from "./profile.ts";
import * as statements from "./store.ts";
import type { AttachmentRow } from "./tables.ts";

type Input = OperationParsed<typeof operations.uploadAttachment>;

/**
 * Takes in a file that a message will bring. The same upload again finds what it made; anything
 * else under the same id is refused.
 */
export function createUploadAttachment(blobs: BlobStore) {
  return async (context: Context, input: Input): Promise<{ attachment: Attachment }> => {
    const given = await context.exchange.readUpload();
    const digest = digestOf(context, input, given);
    const known = await madeBefore(context, input, digest);
    if (known) return { attachment: presentAttachment(context, known) };
    const taken = recognise(given);
    if (taken.kind === "refused") throw refusalOf(taken);
    const profile = await keepContent(blobs, context, taken, input.name.toWellFormed());
    const row = rowOf(context, input, profile, digest);
    const isNew = await context.transact(async (unit) => {
      const inserted = await unit.db.insert(statements.insertAttachments, { rows: [row] });
      if (inserted) unit.record(actOf(context, input));
      return inserted;
    });
    if (isNew) return { attachment: presentAttachment(context, row) };
    await dropContent(blobs, context, profile.contentId);
    const other = await madeBefore(context, input, digest);
    if (!other) throw new Error("An attachment's id is taken and stands for nothing");
    return { attachment: presentAttachment(context, other) };
  };
}

/** @throws Refusal `entry.id_taken` where the id stands for another upload */
async function madeBefore(
  context: Context,
  { attachmentId, propertyId }: Input,
  digest: Uint8Array,
): Promise<AttachmentRow | undefined> {
  const row = await context.read.first(statements.attachmentById, { id: attachmentId });
  if (!row) return undefined;
  const isSame =
    row.property_id === propertyId &&
    row.agent_id === context.caller.agentId &&
    row.upload_digest !== null &&
    Buffer.from(row.upload_digest).equals(digest);
  if (!isSame) throw new Refusal("entry.id_taken");
  return row;
}

/** Bytes, name and id in one, keyed: it says of no two attachments whether they are the same. */
function digestOf(context: Context, { attachmentId, name }: Input, bytes: Uint8Array): Uint8Array {
  const content = createHash("sha256").update(bytes).digest("hex");
  const said = `${attachmentId} ${content} ${name.toWellFormed()}`;
  return context.cipher.index(FIELD.attachmentContent, said);
}

function refusalOf({ because }: Extract<Recognised, { kind: "refused" }>): Refusal {
  if (because === "pixels") return new Refusal("attachment.too_large", { facts: { pixelsMax } });
  const taken = attachmentMediaTypes.join(", ");
  const detail = `What a file is, its bytes say. Taken are: ${taken}.`;
  return new Refusal("attachment.type_refused", { detail, facts: { taken } });
}

function rowOf(
  context: Context,
  { attachmentId: id, propertyId }: Input,
  profile: Profile,
  digest: Uint8Array,
): AttachmentRow {
  return {
    tenant_id: context.tenantId,
    id,
    property_id: propertyId,
    entry_id: null,
    position: 0,
    state: "ready",
    agent_id: context.caller.agentId,
    channel_id: null,
    source: null,
    profile: sealProfile(context.cipher, id, profile),
    upload_digest: digest,
    content_id: profile.contentId,
    created_at: context.now(),
  };
}

function actOf({ caller }: Context, { attachmentId }: Input) {
  return { act: "attachment.uploaded", agentId: caller.agentId, subjectId: attachmentId };
}
