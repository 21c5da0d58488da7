import type { TenantId } from "@foyer/contract";
import type { BlobKey, BlobStore } from "../../platform/blobs/blob-store.ts";
import { FIELD } from "../../platform/keys/field-numbers.ts";
import { sealOverheadBytes } from "../../platform/keys/sealed-box.ts";
import type { TenantCipher } from "../../platform/keys/tenant-cipher.ts";
import type { ContentId } from "./tables.ts";

/**
 * The layout of an attachment's blob: format (1), then one sealed box for each chunk of the
 * content, all but the last of them full. A chunk's place is the content, its number and whether
 * it is the last, so that a box that was moved, left out, or added does not open.
 */
const format = 1;
const formatBytes = 1;
/** Plaintext bytes of a full chunk: what one reader holds of a file at a time. */
export const chunkBytesMax = 1_048_576;
const boxBytesMax = chunkBytesMax + sealOverheadBytes;

/** Contents begin with the time at which they were made: a folder takes those of some hours. */
const folderCharacters = 6;

/** Where a content lies. */
export function blobKeyOf(contentId: ContentId): BlobKey {
  return `${contentFolderPrefix}${contentId.slice(0, folderCharacters)}/${contentId}`;
}

/** What the keys of all contents begin with. */
export const contentFolderPrefix = "attachment-";

/** The content that lies under a key of `blobKeyOf`. */
export function contentIdOf(key: BlobKey): ContentId {
  return key.slice(key.indexOf("/") + 1) as ContentId;
}

/** Seals the bytes of a content; costs a use of the data key per chunk. */
export function sealContent(
  cipher: TenantCipher,
  contentId: ContentId,
  bytes: Uint8Array,
): Uint8Array {
  const count = chunkCount(bytes.byteLength);
  const boxes = Array.from({ length: count }, (_, index) => {
    const chunk = bytes.subarray(index * chunkBytesMax, (index + 1) * chunkBytesMax);
    return cipher.seal(FIELD.attachmentContent, placeOf(contentId, index, count), chunk);
  });
  return Buffer.concat([Uint8Array.of(format), ...boxes]);
}

/** A content whose blob is gone, or is not what was stored. Names neither. */
export class ContentDamaged extends Error {
  override readonly name = "ContentDamaged";
}

/**
 * Reads a content chunk by chunk, each opened before it is given. A reader may take longer than
 * keys are open, so the cipher is asked for at each chunk.
 *
 * @throws ContentDamaged, SealBroken
 */
export async function* readContent(
  parts: { readonly blobs: BlobStore; readonly cipherNow: () => Promise<TenantCipher> },
  tenantId: TenantId,
  { contentId, bytes }: { readonly contentId: ContentId; readonly bytes: number },
): AsyncGenerator<Uint8Array, void> {
  const count = chunkCount(bytes);
  const key = blobKeyOf(contentId);
  for (let index = 0; index < count; index += 1) {
    const isFirst = index === 0;
    const from = isFirst ? 0 : formatBytes + index * boxBytesMax;
    const chunkBytes = Math.min(chunkBytesMax, bytes - index * chunkBytesMax);
    // One more than is expected: a blob that goes on is not the one that was stored.
    const bytesMax = chunkBytes + sealOverheadBytes + (isFirst ? formatBytes : 0);
    const isLast = index === count - 1;
    const part = { from, bytesMax: bytesMax + (isLast ? 1 : 0) };
    const read = await parts.blobs.get(tenantId, key, part);
    if (read === undefined || read.byteLength !== bytesMax) throw new ContentDamaged();
    if (isFirst && read[0] !== format) throw new ContentDamaged();
    const box = isFirst ? read.subarray(formatBytes) : read;
    const cipher = await parts.cipherNow();
    yield cipher.open(FIELD.attachmentContent, placeOf(contentId, index, count), box);
  }
}

function chunkCount(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / chunkBytesMax));
}

function placeOf(contentId: ContentId, index: number, count: number): string {
  return `${contentId} format ${format} chunk ${index} ${index === count - 1 ? "last" : "more"}`;
}
