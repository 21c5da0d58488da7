/** What a use-case may know of the request itself, and do to its answer. Few need it. */
export interface Exchange {
  /** The caller's network address, behind trusted proxies the one that they name. */
  readonly address: string;
  /** What the browser says it is. Shown to its owner, never trusted. */
  readonly device: string;
  /**
   * The bytes of an upload, read only now that somebody asks for them; none for other operations.
   * @throws Refusal `attachment.too_large`
   */
  readUpload(): Promise<Uint8Array>;
  /** Gives the browser its session cookie. */
  setSession(token: string, expiresAt: number): void;
  clearSession(): void;
}
