import { type BlobKey, type BlobStore, blobsPerPageMax } from "../../platform/blobs/blob-store.ts";
import type { Scope } from "../../platform/scope/index.ts";
import { blobKeyOf, contentFolderPrefix, contentIdOf } from "./content.ts";
import * as statements from "./store.ts";
import type { ContentId } from "./tables.ts";

/** What was handed in and no message brought is kept for so long. */
const unattachedRetentionMs = 24 * 60 * 60_000;
/** A content younger than this may be waiting for its row still. */
const orphanAgeMsMin = 60 * 60_000;
const rowsPerRoundMax = 500;

/** Drops what no message came to bring, then what no attachment has: content follows row. */
export async function tidyAttachments(blobs: BlobStore, scope: Scope): Promise<void> {
  await dropUnattached(blobs, scope);
  await dropOrphans(blobs, scope);
}

async function dropUnattached(blobs: BlobStore, scope: Scope): Promise<void> {
  const before = scope.now() - unattachedRetentionMs;
  for (let isMore = true; isMore; ) {
    const rows = await scope.transact(async (unit) => {
      const args = { before, limit: rowsPerRoundMax };
      const due = await unit.db.all(statements.lockUnattached, args);
      const ids = due.map(({ id }) => id);
      if (ids.length > 0) await unit.db.run(statements.dropAttachments, { ids });
      return due;
    });
    const contents = rows.map((row) => row.content_id).filter((id) => id !== null);
    await blobs.delete(scope.tenantId, contents.map(blobKeyOf));
    isMore = rows.length === rowsPerRoundMax;
  }
}

/** Walks over all contents and drops those that no row has: left by a process that died. */
async function dropOrphans(blobs: BlobStore, scope: Scope): Promise<void> {
  let after: BlobKey | undefined;
  do {
    const { keys, hasMore } = await blobs.list(scope.tenantId, {
      prefix: contentFolderPrefix,
      limit: blobsPerPageMax,
      ...(after ? { after } : {}),
    });
    const settledBefore = scope.now() - orphanAgeMsMin;
    const contentIds = keys.map(contentIdOf).filter((id) => mintedAtOf(id) < settledBefore);
    await blobs.delete(scope.tenantId, (await withoutRow(scope, contentIds)).map(blobKeyOf));
    after = hasMore ? keys.at(-1) : undefined;
  } while (after);
}

async function withoutRow({ read }: Scope, contentIds: readonly ContentId[]) {
  if (contentIds.length === 0) return [];
  const rows = await read.all(statements.contentsKept, { contentIds });
  const kept = new Set(rows.map((row) => row.content_id));
  return contentIds.filter((id) => !kept.has(id));
}

/** When an id was minted, in ms: the first 48 bits of a UUIDv7 (RFC 9562 §5.7). */
function mintedAtOf(id: string): number {
  return Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16);
}
