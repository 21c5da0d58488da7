/** What a use-case may know of the request itself, and do to its answer. Few need it. */
export interface Exchange {
  /** The caller's network address, behind trusted proxies the one that they name. */
  readonly address: string;
  /** What the browser says it is. Shown to its owner, never trusted. */
  readonly device: string;
  /** Gives the browser its session cookie. */
  setSession(token: string, expiresAt: number): void;
  clearSession(): void;
}
