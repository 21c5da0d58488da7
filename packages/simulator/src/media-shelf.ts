import { randomUUID } from "node:crypto";
import { mediaBytesMax, mediaKeptBytesMax, mediaPixelsMax } from "./limits.ts";
import { type Card, type MediaKind, readCard, recognize } from "./media-kinds.ts";
import { CarrierRefusal } from "./protocol.ts";
import type { Store } from "./store.ts";

/** A picture or file as it comes from a phone or from the hotel. */
export interface GivenMedia {
  readonly bytes: Uint8Array;
  /** What the sender calls it, which may be a lie. */
  readonly mediaType: string;
  readonly name?: string;
}

/** A picture or file on the shelf, without its bytes. */
export interface MediaItem {
  readonly id: string;
  readonly mediaType: string;
  /** What it is, by its bytes. */
  readonly kind: MediaKind;
  readonly name: string | null;
  readonly bytes: number;
  readonly width: number | null;
  readonly height: number | null;
  readonly card: Card | null;
}

/** The bytes of pictures and files, bounded: where there are too many, the oldest go. */
export class MediaShelf {
  readonly #store: Store;
  readonly #sizes = new Map<string, number>();
  #bytes = 0;

  constructor(store: Store) {
    this.#store = store;
    for (const { id, bytes } of store.loadMedia()) this.#note(id, bytes);
  }

  /** @throws CarrierRefusal `media_refused` for what is empty, too large, or too many pixels. */
  keep({ bytes, mediaType, name }: GivenMedia): MediaItem {
    if (bytes.byteLength === 0 || bytes.byteLength > mediaBytesMax) {
      throw new CarrierRefusal("media_refused", `A file has 1 to ${mediaBytesMax} bytes.`);
    }
    const recognized = recognize(bytes);
    const { width = null, height = null } = recognized ?? {};
    if ((width ?? 0) * (height ?? 0) > mediaPixelsMax) {
      throw new CarrierRefusal("media_refused", `A picture has at most ${mediaPixelsMax} pixels.`);
    }
    const id = randomUUID();
    this.#store.putMedia(id, bytes);
    this.#note(id, bytes.byteLength);
    this.#makeRoom();
    const kind: MediaKind = recognized?.kind ?? "file";
    const card = kind === "card" ? readCard(bytes) : null;
    const common = { id, mediaType, kind, name: name ?? null };
    return { ...common, bytes: bytes.byteLength, width, height, card };
  }

  /** Undefined once it had to make room. */
  read(id: string): Uint8Array | undefined {
    return this.#sizes.has(id) ? this.#store.readMedia(id) : undefined;
  }

  forget(id: string): void {
    this.#bytes -= this.#sizes.get(id) ?? 0;
    if (this.#sizes.delete(id)) this.#store.removeMedia(id);
  }

  #note(id: string, bytes: number): void {
    this.#sizes.set(id, bytes);
    this.#bytes += bytes;
  }

  #makeRoom(): void {
    for (const id of this.#sizes.keys()) {
      if (this.#bytes <= mediaKeptBytesMax) return;
      this.forget(id);
    }
  }
}
