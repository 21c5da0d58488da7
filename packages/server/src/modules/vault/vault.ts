import { KeyServiceFault } from "../../platform/keys/key-service.ts";
import { KeyLeaseExpired, type TenantCipher } from "../../platform/keys/tenant-cipher.ts";
import { VaultFault } from "./faults.ts";
import { type Grant, Lease, UseMeter } from "./lease.ts";
import { loadKeys } from "./load-keys.ts";
import { openCipher } from "./open-cipher.ts";
import type { DataKeyPurpose } from "./ports.ts";
import { provisionTenantKeys } from "./provision-tenant-keys.ts";
import { retireIndexKey, rotateDataKey, type VaultParts } from "./rotate-data-key.ts";
import { useBlockLowWater, useBlockSize } from "./rules.ts";

/** Tenants whose keys a process holds open at once; the one used longest ago makes room. */
export const openTenantsMax = 4_096;
/** How often a block of uses is asked for when other processes take the last ones. */
const reserveAttemptsMax = 3;

/** The tenants' keys, as the rest of Foyer sees them. */
export interface Vault {
  /** Makes the keys of a new tenant; see `provisionTenantKeys`. */
  provision(tenantId: string): Promise<void>;
  /**
   * A cipher that is good for at least half a minute. Never makes a tenant key.
   * @throws {VaultFault}, {KeyServiceFault} `destroyed`, `unknown`, `unavailable` and others.
   */
  cipherFor(tenantId: string): Promise<TenantCipher>;
  /** Gives a purpose its next data key; see `rotateDataKey`. */
  rotate(tenantId: string, purpose: DataKeyPurpose): Promise<void>;
  /** Ends the rotation of the index key; see `retireIndexKey`. */
  retireIndexKey(tenantId: string): Promise<void>;
  /** Drops a tenant's keys from this process at once: ciphers already handed out stop as well. */
  forget(tenantId: string): void;
}

export interface VaultOptions extends VaultParts {
  readonly openTenantsMax?: number;
}

/** Opens the vault of this process. */
export function createVault(options: VaultOptions): Vault {
  const tenants = new OpenTenants(options, options.openTenantsMax ?? openTenantsMax);
  return {
    provision: (tenantId) => provisionTenantKeys(options, tenantId),
    cipherFor: (tenantId) => tenants.cipherFor(tenantId),
    rotate: (tenantId, purpose) => rotateDataKey(options, tenantId, purpose),
    retireIndexKey: (tenantId) => retireIndexKey(options, tenantId),
    forget: (tenantId) => tenants.forget(tenantId),
  };
}

/** A tenant in this process. The meter outlives leases, so that no block of uses is wasted. */
interface OpenTenant {
  readonly tenantId: string;
  readonly grant: Grant;
  held?: { readonly cipher: TenantCipher; readonly lease: Lease };
  meter?: UseMeter;
  opening?: Promise<TenantCipher>;
}

class OpenTenants {
  readonly #parts: VaultParts;
  readonly #max: number;
  /** In the order of last use: a map keeps the order in which keys were put in. */
  readonly #tenants = new Map<string, OpenTenant>();

  constructor(parts: VaultParts, max: number) {
    this.#parts = parts;
    this.#max = max;
  }

  async cipherFor(tenantId: string): Promise<TenantCipher> {
    const tenant = this.#touch(tenantId);
    const { held, meter } = tenant;
    if (held?.lease.isFresh() === true && (meter?.left ?? 0) >= useBlockLowWater) {
      return held.cipher;
    }
    // Everybody who comes while the keys are being opened waits for the same opening.
    tenant.opening ??= this.#open(tenant).finally(() => {
      delete tenant.opening;
    });
    return tenant.opening;
  }

  forget(tenantId: string): void {
    const tenant = this.#tenants.get(tenantId);
    if (tenant === undefined) return;
    tenant.grant.revoked = true;
    delete tenant.held;
    this.#tenants.delete(tenantId);
  }

  #touch(tenantId: string): OpenTenant {
    const tenant = this.#tenants.get(tenantId) ?? { tenantId, grant: { revoked: false } };
    this.#tenants.delete(tenantId);
    this.#tenants.set(tenantId, tenant);
    for (const [oldest, { opening }] of this.#tenants) {
      if (this.#tenants.size <= this.#max) break;
      if (opening === undefined && oldest !== tenantId) this.forget(oldest);
    }
    return tenant;
  }

  async #open(tenant: OpenTenant): Promise<TenantCipher> {
    try {
      return await this.#openNow(tenant);
    } catch (error) {
      this.#giveUp(tenant, error);
      throw error;
    }
  }

  /**
   * After a passing failure, ciphers already handed out serve until their time is over; after one
   * that lasts (the key was destroyed) they stop at once.
   */
  #giveUp(tenant: OpenTenant, error: unknown): void {
    if (this.#tenants.get(tenant.tenantId) !== tenant) return;
    const lasts = error instanceof KeyServiceFault && !error.isRetryable;
    if (lasts || tenant.held === undefined) this.forget(tenant.tenantId);
  }

  async #openNow(tenant: OpenTenant): Promise<TenantCipher> {
    for (let attempt = 1; attempt <= reserveAttemptsMax; attempt += 1) {
      const lease = new Lease(this.#parts.clock, tenant.grant);
      const { current, opened } = await loadKeys(this.#parts, tenant.tenantId);
      const meter = await this.#topUp(tenant, current.id);
      if (tenant.grant.revoked) throw new KeyLeaseExpired("forgotten");
      if (meter.left === 0) continue;
      const cipher = openCipher(tenant.tenantId, opened, lease, meter);
      tenant.held = { cipher, lease };
      return cipher;
    }
    throw new VaultFault("contended");
  }

  async #topUp(tenant: OpenTenant, dataKeyId: string): Promise<UseMeter> {
    if (tenant.meter?.dataKeyId !== dataKeyId) tenant.meter = new UseMeter(dataKeyId);
    const meter = tenant.meter;
    if (meter.left >= useBlockLowWater) return meter;
    const { store } = this.#parts;
    const block = await store.reserveUses(tenant.tenantId, dataKeyId, useBlockSize);
    if (block !== undefined) meter.add(block.to - block.from);
    return meter;
  }
}
