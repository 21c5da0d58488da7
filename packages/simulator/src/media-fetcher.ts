import type { Clock } from "./clock.ts";
import * as limits from "./limits.ts";
import { recognize } from "./media-kinds.ts";
import type { GivenMedia } from "./media-shelf.ts";
import type { FailureCode, MediaLink } from "./protocol.ts";

export type FetchedMedia =
  | { readonly kind: "got"; readonly media: readonly GivenMedia[] }
  | { readonly kind: "failed"; readonly code: FailureCode };

export interface MediaFetcher {
  /** Fetches what a message brings, in its order, one after another. Never rejects. */
  fetchAll(links: readonly MediaLink[]): Promise<FetchedMedia>;
  /** Gives up what is under way. */
  close(): void;
}

type Fetched = GivenMedia | "unavailable" | "refused";

/**
 * Fetches as a provider does: by plain GET, without any key, following no redirect, bounded in
 * time, bytes and tries. What phones cannot show is refused whatever it calls itself.
 */
export function httpMediaFetcher(clock: Clock, fetchOnce: typeof fetch): MediaFetcher {
  const closing = new AbortController();
  const tryOnce = async (link: MediaLink): Promise<Fetched> => {
    const { signal, end } = timeLimit(clock, closing.signal);
    try {
      const response = await fetchOnce(link.url, { redirect: "error", signal });
      const bytes = response.ok ? await readBounded(response) : undefined;
      if (!response.ok) await response.body?.cancel();
      if (bytes === undefined) return "unavailable";
      const recognized = recognize(bytes);
      if (recognized === null) return "refused";
      return { bytes, mediaType: recognized.mediaType, name: link.name };
    } catch {
      return "unavailable";
    } finally {
      end();
    }
  };
  const fetchOne = async (link: MediaLink): Promise<Fetched> => {
    for (let tries = 1; ; tries += 1) {
      const fetched = await tryOnce(link);
      const isOver = fetched !== "unavailable" || tries >= limits.mediaFetchTriesMax;
      if (isOver || closing.signal.aborted) return fetched;
      await pause(clock, closing.signal, limits.mediaFetchRetryMs * tries);
    }
  };
  return {
    async fetchAll(links) {
      const media: GivenMedia[] = [];
      for (const link of links) {
        const fetched = await fetchOne(link);
        if (fetched === "unavailable") return { kind: "failed", code: "media_unavailable" };
        if (fetched === "refused") return { kind: "failed", code: "media_refused" };
        media.push(fetched);
      }
      return { kind: "got", media };
    },
    close: () => closing.abort(),
  };
}

/** One byte more than is taken is read, so that whoever keeps it sees that it is too much. */
async function readBounded(response: Response): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk);
    bytes += chunk.byteLength;
    if (bytes > limits.mediaBytesMax) break;
  }
  return Buffer.concat(chunks);
}

function timeLimit(clock: Clock, closing: AbortSignal) {
  const controller = new AbortController();
  const abort = () => controller.abort();
  const cancel = clock.after(limits.mediaFetchTimeoutMs, abort);
  closing.addEventListener("abort", abort);
  const end = () => {
    cancel();
    closing.removeEventListener("abort", abort);
  };
  if (closing.aborted) abort();
  return { signal: controller.signal, end };
}

function pause(clock: Clock, closing: AbortSignal, delayMs: number): Promise<void> {
  return new Promise((resolve) => {
    const cancel = clock.after(delayMs, resolve);
    closing.addEventListener("abort", () => {
      cancel();
      resolve();
    });
  });
}
