import { mediaUnsentMax } from "./limits.ts";
import { recognize } from "./media-kinds.ts";
import type { MediaItem, MediaShelf } from "./media-shelf.ts";
import { CarrierRefusal } from "./protocol.ts";

/** Pictures that were chosen on a phone, until the text that brings them is sent. */
export class Uploads {
  readonly #shelf: MediaShelf;
  readonly #unsent = new Map<string, MediaItem>();

  constructor(shelf: MediaShelf) {
    this.#shelf = shelf;
  }

  /** @throws CarrierRefusal `media_refused` for what is no picture, or too large. */
  add(bytes: Uint8Array): MediaItem {
    const recognized = recognize(bytes);
    if (recognized?.kind !== "picture") {
      throw new CarrierRefusal("media_refused", "Phones send JPEG, PNG, GIF and WebP.");
    }
    const item = this.#shelf.keep({ bytes, mediaType: recognized.mediaType });
    this.#unsent.set(item.id, item);
    const oldest = this.#unsent.keys().next().value;
    if (this.#unsent.size > mediaUnsentMax && oldest !== undefined) {
      this.#unsent.delete(oldest);
      this.#shelf.forget(oldest);
    }
    return item;
  }

  /** @throws CarrierRefusal `media_refused` for what is not here any more. */
  find(ids: readonly string[]): MediaItem[] {
    return ids.map((id) => {
      const item = this.#unsent.get(id);
      if (item !== undefined) return item;
      throw new CarrierRefusal("media_refused", "The picture is not here any more.");
    });
  }

  sent(items: readonly MediaItem[]): void {
    for (const { id } of items) this.#unsent.delete(id);
  }
}
