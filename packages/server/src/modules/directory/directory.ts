import { createHmac, type KeyObject } from "node:crypto";
import type { TenantId } from "@foyer/contract";
import type { Unit } from "../../platform/scope/index.ts";
import type { Store } from "../../platform/store/index.ts";
import * as statements from "./store.ts";
import type { DirectoryKind } from "./tables.ts";

/** One value may lead to several tenants (an agent of two hotels); to no more than so many. */
const tenantsPerEntryMax = 5;

export interface DirectoryHit {
  readonly tenantId: TenantId;
  readonly subjectId: string;
}

/**
 * Leads from what a stranger shows (a session's token, an e-mail, a channel's key) to a tenant.
 * The one module that works before a tenant is known: it holds keyed digests and ids, nothing
 * else, and is erased with its tenant.
 */
export interface Directory {
  find(kind: DirectoryKind, value: string): Promise<readonly DirectoryHit[]>;
  /**
   * As `find`, as it is now in a transaction; whoever holds the same waits until that has ended.
   * What is not there cannot be held.
   */
  hold(unit: Unit, kind: DirectoryKind, value: string): Promise<readonly DirectoryHit[]>;
  /** In the transaction that makes the thing. */
  add(unit: Unit, kind: DirectoryKind, value: string, subjectId: string): Promise<void>;
  remove(unit: Unit, kind: DirectoryKind, subjectId: string): Promise<void>;
}

export interface DirectoryParts {
  readonly store: Store;
  /** One key of the installation for each kind; they outlive every tenant. */
  readonly digestKeys: Readonly<Record<DirectoryKind, KeyObject>>;
}

export function createDirectory({ store, digestKeys }: DirectoryParts): Directory {
  const digestOf = (kind: DirectoryKind, value: string) =>
    createHmac("sha256", digestKeys[kind]).update(value, "utf8").digest();
  const hitsOf = (rows: readonly { tenant_id: TenantId; subject_id: string }[]) =>
    rows.map((row) => ({ tenantId: row.tenant_id, subjectId: row.subject_id }));
  return {
    find: async (kind, value) => {
      const args = { kind, digest: digestOf(kind, value), limit: tenantsPerEntryMax };
      return hitsOf(await store.root.all(statements.entriesOf, args));
    },
    hold: async (unit, kind, value) => {
      const args = { kind, digest: digestOf(kind, value), limit: tenantsPerEntryMax };
      return hitsOf(await unit.root.all(statements.entriesHeld, args));
    },
    add: async (unit, kind, value, subjectId) => {
      const digest = digestOf(kind, value);
      await unit.root.insert(statements.insertEntry, {
        kind,
        digest,
        tenantId: unit.tenantId,
        subjectId,
      });
    },
    remove: async (unit, kind, subjectId) => {
      const args = { kind, tenantId: unit.tenantId, subjectId };
      await unit.root.run(statements.deleteEntries, args);
    },
  };
}
