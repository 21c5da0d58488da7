import type { BlobStore } from "../../platform/blobs/blob-store.ts";
import type { Scope } from "../../platform/scope/index.ts";
import { blobKeyOf, sealContent } from "./content.ts";
import type { Recognised } from "./media/recognise.ts";
import type { Profile } from "./profile.ts";
import type { ContentId } from "./tables.ts";

type Taken = Extract<Recognised, { kind: "taken" }>;

/**
 * Seals what was recognised and puts it into the store, under an id of its own: two who write the
 * same attachment at once never meet there. The row comes after, so that no row is ever without
 * its content; a content without a row is found by `tidy.ts`.
 */
export async function keepContent(
  blobs: BlobStore,
  scope: Pick<Scope, "tenantId" | "cipher" | "mint">,
  { mediaType, bytes, width, height }: Taken,
  name: string,
): Promise<Profile> {
  const contentId = scope.mint<"content">();
  const sealed = sealContent(scope.cipher, contentId, bytes);
  await blobs.put(scope.tenantId, blobKeyOf(contentId), sealed);
  return { name, contentId, mediaType, bytes: bytes.byteLength, width, height };
}

/** Drops a content that no row came to have. */
export async function dropContent(
  blobs: BlobStore,
  { tenantId }: Pick<Scope, "tenantId">,
  contentId: ContentId,
): Promise<void> {
  await blobs.delete(tenantId, [blobKeyOf(contentId)]);
}
