import type { TenantId } from "@foyer/contract";

/**
 * Where bytes lie that are too many for a row. The port is made for S3 with one container per
 * tenant: whole blobs are put, parts of them read, pages of keys listed, and nothing is promised
 * about two who put the same key at once but that one of them stands whole. Everything in it was
 * sealed before; keys say nothing about what lies under them.
 *
 * All methods throw a `Fault` of `blobs` where the store fails, and a `TypeError` for a key that
 * is none.
 */
export interface BlobStore {
  /** Resolves when the blob is on disk under its key, whole; one that was there is replaced. */
  put(tenantId: TenantId, key: BlobKey, bytes: Uint8Array): Promise<void>;
  /**
   * The bytes from an offset on, at most so many; fewer, or none, at the end of the blob.
   * Undefined where there is no such blob.
   */
  get(tenantId: TenantId, key: BlobKey, part: BlobPart): Promise<Uint8Array | undefined>;
  /** Removes blobs, at most a page of them; those that are not there are none the less gone. */
  delete(tenantId: TenantId, keys: readonly BlobKey[]): Promise<void>;
  /** A page of the tenant's blobs whose keys begin with a prefix, in the order of the keys. */
  list(tenantId: TenantId, page: BlobPage): Promise<ListedBlobs>;
}

/** A folder and a name, each of small letters, digits and hyphens. */
export type BlobKey = `${string}/${string}`;

export interface BlobPart {
  readonly from: number;
  readonly bytesMax: number;
}

export interface BlobPage {
  readonly prefix: string;
  /** The key after which the page begins; the beginning unless given. */
  readonly after?: BlobKey;
  /** At most `blobsPerPageMax`. */
  readonly limit: number;
}

export interface ListedBlobs {
  readonly keys: readonly BlobKey[];
  /** Whether there are more after the last of these. */
  readonly hasMore: boolean;
}

/** Blobs that are listed or deleted with one call: what S3 takes. */
export const blobsPerPageMax = 1_000;

const keyPattern = /^[0-9a-z-]{1,64}\/[0-9a-z-]{1,64}$/;

/** @throws TypeError for what is no key; the message does not repeat it. */
export function assertBlobKey(key: string): asserts key is BlobKey {
  if (!keyPattern.test(key)) throw new TypeError("a blob's key is a folder and a name");
}
