import { createSecretKey, type KeyObject } from "node:crypto";
import type { Clock } from "../clock.ts";
import { isId } from "../ids.ts";
import { deriveKey } from "./derive-key.ts";
import {
  emptyKeyFile,
  type KeyFileState,
  mintTenantKey,
  type TenantKey,
} from "./key-file-format.ts";
import { KeyFileStore } from "./key-file-store.ts";
import {
  type InstallationKeys,
  type InstallationPurpose,
  type KeyDestruction,
  type KeyService,
  KeyServiceFault,
  type TenantKeyState,
  type WrapContext,
  wrapPurposeCharsMax,
  wrappableKeyBytesMax,
  wrappedKeyBytesMax,
} from "./key-service.ts";
import { idPart, type Part } from "./length-prefixed.ts";
import { nextNonce } from "./nonces.ts";
import { BoxBroken, openBox, type SealingKey, sealBox, sealingKey } from "./sealed-box.ts";

/** Tenants, living and destroyed, that one key file holds. Beyond it, use a hosted key service. */
export const keyFileTenantsMax = 20_000;

export interface KeyFileOptions {
  /** The key folder, `FOYER_KEYS`: outside the data folder and outside every backup. */
  readonly folder: string;
  readonly clock: Clock;
  /**
   * What to do where there is no key file. `create` only for an installation that has no data:
   * a new file beside old data cannot read it, and hides that the right one is missing.
   */
  readonly ifMissing: "create" | "refuse";
  readonly lockWaitMsMax?: number;
}

/**
 * Opens the embedded key service: one file, readable by its owner alone, that several processes
 * of an installation share. Losing the file is losing every tenant's data.
 * @throws {KeyServiceFault} `missing`, `exposed`, `damaged`, `newer`, `busy`, `unavailable`.
 */
export async function openKeyFile(options: KeyFileOptions): Promise<KeyService & InstallationKeys> {
  const { folder, clock, ifMissing, lockWaitMsMax } = options;
  const store = new KeyFileStore(folder, lockWaitMsMax);
  if (ifMissing === "create") await store.update((state) => state ?? emptyKeyFile(clock.now()));
  else await store.read();
  return new KeyFile(store, clock);
}

class KeyFile implements KeyService, InstallationKeys {
  readonly #store: KeyFileStore;
  readonly #clock: Clock;
  /** What was derived of a tenant's key lives exactly as long as that key is in memory. */
  readonly #sealingKeys = new WeakMap<TenantKey, SealingKey>();

  constructor(store: KeyFileStore, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  async createTenantKey(tenantId: string): Promise<void> {
    assertTenantId(tenantId);
    await this.#change((state) => {
      if (state.tombstones.has(tenantId)) throw new KeyServiceFault("destroyed");
      if (state.tenants.has(tenantId)) throw new KeyServiceFault("exists");
      if (state.tenants.size + state.tombstones.size >= keyFileTenantsMax) {
        throw new KeyServiceFault("full");
      }
      const key = mintTenantKey(this.#clock.now());
      return { ...state, tenants: new Map(state.tenants).set(tenantId, key) };
    });
  }

  async wrap(tenantId: string, context: WrapContext, key: KeyObject): Promise<Uint8Array> {
    const place = wrapPlace(tenantId, context);
    const bytes = key.export();
    try {
      if (bytes.byteLength === 0 || bytes.byteLength > wrappableKeyBytesMax) {
        throw new RangeError(`a key to wrap has 1 to ${wrappableKeyBytesMax} bytes`);
      }
      return sealBox(await this.#sealingKeyOf(tenantId), place, bytes, nextNonce());
    } finally {
      bytes.fill(0);
    }
  }

  async unwrap(tenantId: string, context: WrapContext, wrapped: Uint8Array): Promise<KeyObject> {
    const place = wrapPlace(tenantId, context);
    const sealing = await this.#sealingKeyOf(tenantId);
    if (wrapped.byteLength > wrappedKeyBytesMax) throw new KeyServiceFault("broken");
    try {
      const bytes = openBox(sealing, place, wrapped);
      const key = createSecretKey(bytes);
      bytes.fill(0);
      return key;
    } catch (error) {
      if (error instanceof BoxBroken) throw new KeyServiceFault("broken");
      throw error;
    }
  }

  async destroyTenantKey(tenantId: string): Promise<KeyDestruction> {
    assertTenantId(tenantId);
    const { tombstones } = await this.#change((state) => {
      if (state.tombstones.has(tenantId)) return state;
      const tenants = new Map(state.tenants);
      tenants.delete(tenantId);
      const destroyedAt = this.#clock.now();
      return {
        ...state,
        tenants,
        tombstones: new Map(state.tombstones).set(tenantId, destroyedAt),
      };
    });
    const destroyedAt = tombstones.get(tenantId) ?? this.#clock.now();
    return { destroyedAt, irrecoverableAt: destroyedAt };
  }

  async describe(tenantId: string): Promise<TenantKeyState> {
    assertTenantId(tenantId);
    const state = await this.#store.read();
    if (state.tombstones.has(tenantId)) return "destroyed";
    return state.tenants.has(tenantId) ? "active" : "unknown";
  }

  async installationKey(purpose: InstallationPurpose): Promise<KeyObject> {
    const { installation } = await this.#store.read();
    return deriveKey(installation.key, ["installation", purpose]);
  }

  async #change(change: (state: KeyFileState) => KeyFileState): Promise<KeyFileState> {
    return this.#store.update((state) => {
      // A file that went away under a running process is lost, not new.
      if (state === undefined) throw new KeyServiceFault("missing");
      return change(state);
    });
  }

  async #sealingKeyOf(tenantId: string): Promise<SealingKey> {
    const state = await this.#store.read();
    const entry = state.tenants.get(tenantId);
    if (entry === undefined) {
      throw new KeyServiceFault(state.tombstones.has(tenantId) ? "destroyed" : "unknown");
    }
    const known = this.#sealingKeys.get(entry);
    if (known !== undefined) return known;
    const sealing = sealingKey(entry.id, entry.key);
    this.#sealingKeys.set(entry, sealing);
    return sealing;
  }
}

function wrapPlace(tenantId: string, context: WrapContext): readonly Part[] {
  const { dataKeyId, purpose } = context;
  if (purpose === "" || purpose.length > wrapPurposeCharsMax) {
    throw new RangeError(`a wrap context's purpose has 1 to ${wrapPurposeCharsMax} characters`);
  }
  return ["wrapped-key", idPart(tenantId), idPart(dataKeyId), purpose];
}

function assertTenantId(tenantId: string): void {
  if (!isId(tenantId)) throw new TypeError("a tenant id must be a lower-case UUID");
}
