import type { PhoneMessage } from "../src/phone-wire.ts";
import { post, Refused, upload } from "./client.ts";
import type { ChosenPicture } from "./picture.ts";
import type { PendingText, Thread } from "./thread.ts";

/** Between whom a text goes. */
export interface Ends {
  readonly guest: string | null;
  readonly hotel: string | null;
}

/** Brings texts to the carrier: pictures first, then the text that names them. */
export class Outbox {
  readonly #thread: Thread;
  /** Ids of pictures that the carrier has, so that a second try sends only what is missing. */
  readonly #uploads = new WeakMap<ChosenPicture, string>();
  readonly #onUnsent: () => void;

  constructor(thread: Thread, onUnsent: () => void) {
    this.#thread = thread;
    this.#onUnsent = onUnsent;
  }

  /** @param isCurrent Whether the thread still shows the conversation of the text. */
  async send(
    ends: Ends,
    given: Omit<PendingText, "at" | "state">,
    isCurrent: () => boolean,
  ): Promise<void> {
    const pending = { ...given, at: Date.now() };
    this.#thread.putPending({ ...pending, state: "posting" });
    try {
      const message = await this.#post(ends, given);
      // The stream may have told a later state already.
      if (!isCurrent() || this.#thread.pending(given.token) === undefined) return;
      if (message === null) this.#thread.dropPending(given.token);
      else this.#thread.put(message);
    } catch (error) {
      // What was refused is not there any more; the next try brings it anew.
      if (error instanceof Refused) for (const one of given.pictures) this.#uploads.delete(one);
      if (!isCurrent() || this.#thread.pending(given.token) === undefined) return;
      this.#thread.putPending({ ...pending, state: "unposted" });
      this.#onUnsent();
    }
  }

  async #post(ends: Ends, given: Omit<PendingText, "at" | "state">): Promise<PhoneMessage | null> {
    const { token, text, pictures } = given;
    const uploads: string[] = [];
    for (const picture of pictures) uploads.push(await this.#upload(picture));
    const response = await post("messages", { ...ends, text, token, uploads });
    const { message } = await response.json();
    return message;
  }

  async #upload(picture: ChosenPicture): Promise<string> {
    const id = this.#uploads.get(picture) ?? (await upload(picture.blob));
    this.#uploads.set(picture, id);
    this.#thread.localPictures.keep(id, picture.url);
    return id;
  }
}
