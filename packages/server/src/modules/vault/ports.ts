/** What a data key does: `field` encrypts; `index` is the root of digests, search keys and MACs. */
export type DataKeyPurpose = "field" | "index";

/** A data key as its row holds it. Instants in ms, UTC. */
export interface DataKey {
  /** A UUID. */
  readonly id: string;
  readonly purpose: DataKeyPurpose;
  /** From 1 on, per tenant and purpose; unique there. */
  readonly version: number;
  /** The key under the tenant's key; at most `wrappedKeyBytesMax` bytes. */
  readonly wrapped: Uint8Array;
  readonly createdAt: number;
  /** How many uses have been handed out in blocks; never falls, never over `dataKeyUsesMax`. */
  readonly usesGranted: number;
  /** From when on the key is not used for anything new; it still opens what is old. */
  readonly retiredAt: number | null;
}

/** A data key that is to be stored: fresh, unused, not retired. */
export type NewDataKey = Omit<DataKey, "usesGranted" | "retiredAt">;

/** Uses of a data key that belong to one process: from `from` up to, not including, `to`. */
export interface UseBlock {
  readonly from: number;
  readonly to: number;
}

/** The rows of data keys. Each method is one statement or one transaction of its own. */
export interface DataKeyStore {
  /** All data keys of a tenant, in any order; at most `dataKeysPerTenantMax` and one. */
  list(tenantId: string): Promise<readonly DataKey[]>;
  /** Stores a key. `false`, and nothing stored, if purpose and version are taken already. */
  insert(tenantId: string, key: NewDataKey): Promise<boolean>;
  /**
   * Takes up to `count` further uses by compare-and-set on `usesGranted`, so that no two callers
   * ever get the same. Fewer where fewer are left under `dataKeyUsesMax`; `undefined` where none
   * are left, or where the key is retired or not there.
   */
  reserveUses(tenantId: string, dataKeyId: string, count: number): Promise<UseBlock | undefined>;
  /** Marks a key as retired. One that is retired already keeps its instant. */
  retire(tenantId: string, dataKeyId: string, at: number): Promise<void>;
}
