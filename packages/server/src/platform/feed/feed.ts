import type { AgentId, PropertyId, TenantId } from "@foyer/contract";
import type { Store, TenantReader, TenantWriter } from "../store/index.ts";
import * as statements from "./statements.ts";
import type { ChangeRow } from "./tables.ts";

/** A transaction says at most so much; more is split by whoever writes in bulk. */
export const changesPerTransactionMax = 200;
/** A page: where fewer come, the reader has read all that there was. */
export const changesPerReadMax = 200;
/** A reader who was away longer reads lists and threads anew. */
export const changeRetentionMs = 7 * 24 * 60 * 60 * 1000;

const changeFormat = 1;

/** A change as a use-case tells it. */
export type Change = Omit<ChangeRow, "tenant_id" | "sequence" | "at" | "format">;

/** What somebody changed of how a property is set up: whoever shows it reads it anew. */
export function settingsChanged(propertyId: PropertyId, agentId: AgentId | null): Change {
  return {
    property_id: propertyId,
    kind: "settings.changed",
    conversation_id: null,
    entry_id: null,
    contact_id: null,
    agent_id: agentId,
  };
}

/** Starts the feed of a new property, in the transaction that makes it. */
export async function beginFeed(db: TenantWriter, propertyId: PropertyId): Promise<void> {
  await db.run(statements.beginSequence, { propertyId });
}

/**
 * Appends a transaction's changes. Must be its last statements: from here to the commit the
 * sequence's row is locked, so that sequences become visible in the order in which they count.
 */
export async function appendChanges(
  db: TenantWriter,
  changes: readonly Change[],
  now: number,
): Promise<void> {
  if (changes.length > changesPerTransactionMax) {
    throw new Error(`A transaction told ${changes.length} changes`);
  }
  // Always in the same order, so that two transactions never wait for each other crosswise.
  const properties = [...new Set(changes.map((change) => change.property_id))].sort();
  for (const propertyId of properties) {
    const own = changes.filter((change) => change.property_id === propertyId);
    const last = await db.count(statements.advanceSequence, { propertyId, by: own.length });
    if (last === undefined) throw new Error("A change was told of a property without a feed");
    const first = last - own.length + 1;
    const rows = own.map((change, index) => ({
      ...change,
      sequence: first + index,
      at: now,
      format: changeFormat,
    }));
    await db.run(statements.insertChanges, { rows });
  }
}

export interface Head {
  readonly last: number;
  readonly dropped: number;
}

/** Where the feed of a property stands. Read it before the rows that it vouches for. */
export async function headOf(db: TenantReader, propertyId: PropertyId): Promise<Head> {
  const row = await db.first(statements.sequenceOf, { propertyId });
  return row ?? { last: 0, dropped: 0 };
}

/** The changes after a sequence, in order, at most a page; `isLost` past the retention. */
export async function readChanges(
  db: TenantReader,
  propertyId: PropertyId,
  after: number,
): Promise<{ readonly changes: readonly ChangeRow[]; readonly isLost: boolean }> {
  const { last, dropped } = await headOf(db, propertyId);
  if (after < dropped || after > last) return { changes: [], isLost: true };
  if (after === last) return { changes: [], isLost: false };
  const changes = await db.all(statements.changesAfter, {
    propertyId,
    after,
    limit: changesPerReadMax,
  });
  return { changes, isLost: false };
}

/** Drops what is older than the retention; returns how many rows. */
export async function trimFeed(
  store: Store,
  tenantId: TenantId,
  propertyId: PropertyId,
  now: number,
): Promise<number> {
  return store.transact(tenantId, async ({ tenant: db }) => {
    const before = now - changeRetentionMs;
    const oldest = await db.first(statements.newestBefore, { propertyId, before });
    if (!oldest) return 0;
    const upTo = oldest.sequence;
    await db.run(statements.markDropped, { propertyId, upTo });
    return db.run(statements.dropChanges, { propertyId, upTo });
  });
}

/** How far a consumer has read; -1 for one that has never read. */
export async function consumerCursor(
  db: TenantReader,
  propertyId: PropertyId,
  consumer: string,
): Promise<number> {
  const row = await db.first(statements.cursorOf, { propertyId, consumer });
  return row?.sequence ?? -1;
}

/** Moves a consumer's cursor forward, never back. */
export async function moveConsumerCursor(
  db: TenantWriter,
  propertyId: PropertyId,
  consumer: string,
  sequence: number,
): Promise<void> {
  const moved = await db.run(statements.moveCursor, { propertyId, consumer, sequence });
  if (moved === 0) await db.insert(statements.insertCursor, { propertyId, consumer, sequence });
}

/** Makes a consumer one that has never read: what it had made of the feed is lost. */
export async function resetConsumerCursor(
  db: TenantWriter,
  propertyId: PropertyId,
  consumer: string,
): Promise<void> {
  await db.run(statements.resetCursor, { propertyId, consumer });
}

/** Every feed of the installation, for consumers that walk them all. */
export function allFeeds(
  store: Store,
): Promise<{ tenant_id: TenantId; property_id: PropertyId; last: number }[]> {
  return store.root.all(statements.allSequences, {});
}
