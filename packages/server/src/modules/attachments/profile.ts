import { type AttachmentMediaType, attachmentMediaTypes } from "@foyer/contract";
import { z } from "zod";
import { FIELD } from "../../platform/keys/field-numbers.ts";
import type { TenantCipher } from "../../platform/keys/tenant-cipher.ts";
import type { AttachmentRow, ContentId } from "./tables.ts";

/**
 * What is known of an attachment once its bytes are here. Sealed as one under the attachment's
 * id: who can write to the table cannot make it show another's content, nor call it something else.
 */
export interface Profile {
  /** As whoever handed it in called it; empty for what a guest's message brought. */
  readonly name: string;
  readonly contentId: ContentId;
  readonly mediaType: AttachmentMediaType;
  readonly bytes: number;
  /** Pixels, as the picture is shown; null for what is no picture. */
  readonly width: number | null;
  readonly height: number | null;
}

const schema = z.object({
  name: z.string(),
  contentId: z.uuid().transform((id) => id as ContentId),
  mediaType: z.enum(attachmentMediaTypes),
  bytes: z.int(),
  width: z.int().nullable(),
  height: z.int().nullable(),
});

export function sealProfile(cipher: TenantCipher, id: string, profile: Profile): Uint8Array {
  return cipher.sealJson(FIELD.attachmentProfile, id, profile);
}

/** The profile of an attachment; null for one that is not ready. */
export function profileOf(cipher: TenantCipher, row: AttachmentRow): Profile | null {
  if (row.profile === null) return null;
  return cipher.openJson(FIELD.attachmentProfile, row.id, row.profile, schema);
}
