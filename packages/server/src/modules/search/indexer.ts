import type { ContactId, EntryId, PropertyId, TenantId } from "@foyer/contract";
import { allFeedsTopic, type Bus } from "../../platform/bus.ts";
import {
  allFeeds,
  type ChangeRow,
  changesPerReadMax,
  consumerCursor,
  headOf,
  moveConsumerCursor,
  readChanges,
  resetConsumerCursor,
} from "../../platform/feed/index.ts";
import { describeError, type Log } from "../../platform/log.ts";
import type { OpenScope, Scope } from "../../platform/scope/index.ts";
import type { SearchDocument, SearchEngine } from "../../platform/search/search-engine.ts";
import { searchLimits } from "../../platform/search/search-engine.ts";
import type { Store } from "../../platform/store/index.ts";
import { findableGuests, type GuestId, guestsPage } from "../contacts/index.ts";
import { entryIdsAfter, searchableEntries } from "../conversations/index.ts";
import { documentOfEntry, documentOfGuest } from "./documents.ts";

export const searchConsumer = "search";

/** Every feed is looked at so often even if nobody said that it moved. */
const walkEveryMs = 10_000;
const retryAfterMs = 2_000;
/** Between two readings, so that a crowd of texts is put into the index in few, large batches. */
const restMs = 150;
const beforeAnyId = "00000000-0000-0000-0000-000000000000";

export interface IndexerParts {
  readonly store: Store;
  readonly engine: SearchEngine;
  readonly bus: Bus;
  readonly log: Log;
  readonly openScope: OpenScope;
}

export interface Indexer {
  start(): void;
  /** Reads every feed to its end; resolves when the index knows all that was committed before. */
  catchUp(): Promise<void>;
  /** Builds a tenant's part of the index anew from the primary store. */
  rebuild(tenantId: TenantId): Promise<void>;
  close(): Promise<void>;
}

/** Feeds the index from the change feed, one feed after another, by a cursor of its own. */
export function createIndexer(parts: IndexerParts): Indexer {
  const moved = new Set<string>();
  let running: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;
  const rest = createRest();

  const work = async () => {
    while (moved.size > 0 && !isClosed) {
      const key = moved.values().next().value as string;
      moved.delete(key);
      const [tenantId, propertyId] = key.split(" ") as [TenantId, PropertyId];
      await readFeed(parts, tenantId, propertyId).catch((error) => {
        parts.log.warn(describeError(error), "search.index_behind");
        setTimeout(() => wake(key), retryAfterMs).unref();
      });
      if (moved.size > 0) await rest.take();
    }
  };
  const wake = (key: string) => {
    moved.add(key);
    running ??= work().finally(() => {
      running = undefined;
      if (moved.size > 0 && !isClosed) wake(moved.values().next().value as string);
    });
  };
  const walk = async () => {
    for (const feed of await allFeeds(parts.store)) wake(`${feed.tenant_id} ${feed.property_id}`);
  };
  const idle = async () => {
    while (running !== undefined) await running;
  };
  let stop = () => {};
  return {
    start: () => {
      stop = parts.bus.subscribe(allFeedsTopic, wake);
      const tick = () => {
        walk().catch((error) => parts.log.warn(describeError(error), "search.walk_failed"));
      };
      timer = setInterval(tick, walkEveryMs).unref();
      tick();
    },
    catchUp: () =>
      rest.without(async () => {
        await walk();
        await idle();
      }),
    rebuild: (tenantId) => rebuild(parts, tenantId),
    close: async () => {
      isClosed = true;
      clearInterval(timer);
      stop();
      await rest.without(idle);
    },
  };
}

/** A rest between two readings, which whoever is in a hurry cuts short. */
function createRest() {
  let hurrying = 0;
  let end: (() => void) | undefined;
  return {
    take: async () => {
      if (hurrying > 0) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, restMs);
        end = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      end = undefined;
    },
    without: async (work: () => Promise<void>) => {
      hurrying += 1;
      end?.();
      await work().finally(() => {
        hurrying -= 1;
      });
    },
  };
}

/** Reads one feed from the consumer's cursor to its end, a page at a time. */
async function readFeed(
  parts: IndexerParts,
  tenantId: TenantId,
  propertyId: PropertyId,
): Promise<void> {
  for (;;) {
    const scope = await parts.openScope(tenantId);
    const cursor = await consumerCursor(scope.read, propertyId, searchConsumer);
    const { changes, isLost } = await readChanges(scope.read, propertyId, Math.max(cursor, 0));
    if (isLost) return rebuild(parts, tenantId);
    const last = changes.at(-1)?.sequence;
    if (last === undefined) return;
    await indexChanges(parts, scope, propertyId, changes);
    await moveTo(scope, propertyId, last);
    // What came meanwhile has woken us again.
    if (changes.length < changesPerReadMax) return;
  }
}

function moveTo(scope: Scope, propertyId: PropertyId, sequence: number): Promise<void> {
  return scope.transact((unit) =>
    moveConsumerCursor(unit.db, propertyId, searchConsumer, sequence),
  );
}

async function indexChanges(
  parts: IndexerParts,
  scope: Scope,
  propertyId: PropertyId,
  changes: readonly ChangeRow[],
): Promise<void> {
  const entryIds = changes.flatMap((change) =>
    change.kind === "entry.added" && change.entry_id ? [change.entry_id] : [],
  );
  const contactIds = changes.flatMap((change) =>
    change.kind === "contact.changed" && change.contact_id ? [change.contact_id] : [],
  );
  await indexEntries(parts, scope, new Map(entryIds.map((id) => [id, propertyId])));
  await indexGuests(parts, scope, propertyId, [...new Set(contactIds)]);
}

async function indexEntries(
  parts: IndexerParts,
  scope: Scope,
  properties: ReadonlyMap<EntryId, PropertyId>,
): Promise<void> {
  const entries = await searchableEntries(scope, [...properties.keys()]);
  const documents = entries.flatMap((entry) => {
    const propertyId = properties.get(entry.id);
    return propertyId ? [documentOfEntry(scope.cipher, propertyId, entry)] : [];
  });
  await put(parts, documents);
}

async function indexGuests(
  parts: IndexerParts,
  scope: Scope,
  propertyId: PropertyId,
  ids: readonly ContactId[],
): Promise<void> {
  const guests = await findableGuests(scope, propertyId, ids);
  await put(
    parts,
    guests.map((guest) => documentOfGuest(scope.cipher, propertyId, guest)),
  );
}

/** One document that no engine takes must not keep all that come after it out of the index. */
async function put(
  { engine, log }: IndexerParts,
  documents: readonly SearchDocument[],
): Promise<void> {
  if (documents.length === 0 || (await isTaken(engine, documents))) return;
  for (const document of documents) {
    if (await isTaken(engine, [document])) continue;
    const { kind, subjectId } = document;
    log.warn({ kind, subjectId }, "search.document_skipped");
  }
}

/** False when the engine calls something in them a mistake: it will at every other try, too. */
async function isTaken(
  engine: SearchEngine,
  documents: readonly SearchDocument[],
): Promise<boolean> {
  try {
    await engine.index(documents);
    return true;
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError) return false;
    throw error;
  }
}

/**
 * Builds a tenant's part of the index anew. The feeds' ends are read first: what is said while
 * this runs is read from the feed afterwards. The cursors go back before anything is taken out: if
 * this ends halfway, the index is known to be behind, and the feeds are read anew.
 */
async function rebuild(parts: IndexerParts, tenantId: TenantId): Promise<void> {
  const feeds = (await allFeeds(parts.store)).filter((feed) => feed.tenant_id === tenantId);
  const before = await parts.openScope(tenantId);
  const heads = await Promise.all(feeds.map((feed) => headOf(before.read, feed.property_id)));
  await before.transact(async ({ db }) => {
    for (const feed of feeds) await resetConsumerCursor(db, feed.property_id, searchConsumer);
  });
  await parts.engine.removeTenant(tenantId);
  await rebuildEntries(parts, tenantId);
  await rebuildGuests(parts, tenantId);
  const scope = await parts.openScope(tenantId);
  for (const [index, feed] of feeds.entries()) {
    await moveTo(scope, feed.property_id, heads[index]?.last ?? 0);
  }
  parts.log.info({ tenants: 1 }, "search.rebuilt");
}

async function rebuildEntries(parts: IndexerParts, tenantId: TenantId): Promise<void> {
  const limit = searchLimits.documentsPerBatchMax;
  let after = beforeAnyId as EntryId;
  for (;;) {
    const scope = await parts.openScope(tenantId);
    const page = await entryIdsAfter(scope.read, after, limit);
    const last = page.at(-1);
    if (!last) return;
    await indexEntries(parts, scope, new Map(page.map((row) => [row.id, row.property_id])));
    after = last.id;
  }
}

async function rebuildGuests(parts: IndexerParts, tenantId: TenantId): Promise<void> {
  const limit = searchLimits.documentsPerBatchMax;
  let after = beforeAnyId as GuestId;
  for (;;) {
    const scope = await parts.openScope(tenantId);
    const page = await guestsPage(scope.read, after, limit);
    const last = page.at(-1);
    if (!last) return;
    for (const [propertyId, guests] of Map.groupBy(page, (row) => row.property_id)) {
      const ids = guests.map((row) => row.contact_id);
      await indexGuests(parts, scope, propertyId, ids);
    }
    after = last.id;
  }
}
