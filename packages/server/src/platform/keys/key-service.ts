import type { KeyObject } from "node:crypto";

/** Bytes of a key that can be wrapped. Far under the 4 KiB that hosted key services take. */
export const wrappableKeyBytesMax = 1024;
/** Bytes of a wrapped key, whichever engine made it. */
export const wrappedKeyBytesMax = 4096;
/** Characters of a wrap context's purpose. */
export const wrapPurposeCharsMax = 64;

/** What a wrapped key is for. It is authenticated, not stored: the same must be said to unwrap. */
export interface WrapContext {
  /** Id of the wrapped key, a UUID. */
  readonly dataKeyId: string;
  /** What the wrapped key does, such as "field". */
  readonly purpose: string;
}

/** Where a tenant's key is in its life. It only ever moves forward. */
export type TenantKeyState = "unknown" | "active" | "destroyed";

/** What a destruction came to; a certificate of erasure quotes it. Instants in ms, UTC. */
export interface KeyDestruction {
  /** From here on the key is refused. */
  readonly destroyedAt: number;
  /** From here on nobody can bring it back. A hosted service takes days, a key file none. */
  readonly irrecoverableAt: number;
}

/**
 * The keeper of tenant keys. A tenant's key lives only here, never in a database or a backup, and
 * does not come out: other keys are wrapped under it. The port is made so that a hosted service
 * (one of its keys per tenant, the context as its encryption context) fits as well as a file.
 * All methods throw `KeyServiceFault`.
 */
export interface KeyService {
  /**
   * Makes the key of a new tenant. Provisioning alone calls this.
   * Faults: `exists`, `destroyed` (an id stays refused for good), `full`, `busy`, `unavailable`.
   */
  createTenantKey(tenantId: string): Promise<void>;
  /** Encrypts a key under the tenant's key. Faults: `unknown`, `destroyed`, `unavailable`. */
  wrap(tenantId: string, context: WrapContext, key: KeyObject): Promise<Uint8Array>;
  /** Opens a wrapped key. Faults: those of `wrap`, and `broken` if anything is another. */
  unwrap(tenantId: string, context: WrapContext, wrapped: Uint8Array): Promise<KeyObject>;
  /**
   * Destroys the tenant's key and leaves a tombstone for good, also for an id that never had a
   * key. Destroying again changes nothing and tells the same. Faults: `busy`, `unavailable`.
   */
  destroyTenantKey(tenantId: string): Promise<KeyDestruction>;
  describe(tenantId: string): Promise<TenantKeyState>;
}

/**
 * What the installation's own key serves: digests that must be found before a tenant is known.
 * A purpose is part of the derived key and never changes.
 */
export type InstallationPurpose =
  | "directory.session"
  | "directory.token"
  | "directory.site-key"
  | "directory.device"
  | "directory.channel-address"
  | "directory.sign-in-email"
  | "directory.demo"
  | "directory.hotel"
  | "file-links"
  | "csrf";

/** The keeper of the installation's own key. */
export interface InstallationKeys {
  /** A key for one purpose, derived (HKDF) from the installation key: always the same. */
  installationKey(purpose: InstallationPurpose): Promise<KeyObject>;
}

/** Why a key service fails: the closed set, the same for every engine. */
export type KeyServiceReason = keyof typeof reasons;

const reasons = {
  exists: [false, "the tenant already has a key"],
  unknown: [false, "there is no key for this tenant"],
  destroyed: [false, "the tenant's key was destroyed"],
  broken: [false, "the wrapped key was altered, or belongs to another tenant or context"],
  full: [false, "the key service holds as many tenant keys as it can"],
  busy: [true, "another process holds the key service; it was waited for in vain"],
  unavailable: [true, "the key service cannot be reached"],
  missing: [false, "the keys are gone"],
  exposed: [false, "others could read the keys"],
  damaged: [false, "the keys are damaged"],
  newer: [false, "the keys were written by a newer version of Foyer"],
} as const satisfies Readonly<Record<string, readonly [isRetryable: boolean, text: string]>>;

/** A failure of the key service. No message ever holds an id or a key. */
export class KeyServiceFault extends Error {
  readonly reason: KeyServiceReason;
  /** Whether the same call may succeed later without anybody mending anything. */
  readonly isRetryable: boolean;

  constructor(reason: KeyServiceReason, advice?: string, options?: ErrorOptions) {
    const [isRetryable, text] = reasons[reason];
    super(advice === undefined ? text : `${text}: ${advice}`, options);
    this.name = "KeyServiceFault";
    this.reason = reason;
    this.isRetryable = isRetryable;
  }
}
