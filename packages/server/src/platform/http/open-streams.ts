/** A browser's tabs share a session, and each follows a stream or two. */
export const streamsPerSessionMax = 20;

export interface OpenStream {
  /** Aborted when the session has opened too many others since. */
  readonly superseded: AbortSignal;
  leave(): void;
}

/** Who follows what now. Where a session opens one stream too many, its oldest one is closed. */
export class OpenStreams {
  readonly #bySession = new Map<string, Set<AbortController>>();

  enter(sessionId: string): OpenStream {
    const streams = this.#bySession.get(sessionId) ?? new Set();
    this.#bySession.set(sessionId, streams);
    const controller = new AbortController();
    streams.add(controller);
    if (streams.size > streamsPerSessionMax) {
      const [oldest] = streams;
      if (oldest) streams.delete(oldest);
      oldest?.abort();
    }
    return {
      superseded: controller.signal,
      leave: () => {
        streams.delete(controller);
        if (streams.size === 0 && this.#bySession.get(sessionId) === streams) {
          this.#bySession.delete(sessionId);
        }
      },
    };
  }
}
