import type { PhoneMedia } from "../src/phone-wire.ts";
import { make, makeIcon } from "./element.ts";
import { formatBytes, initialsOf } from "./format.ts";
import type { ChosenPicture } from "./picture.ts";

/** A picture or file as a bubble shows it, whether the carrier has it yet or not. */
export type ShownMedia = Omit<PhoneMedia, "id"> & { readonly url: string };

const localUrlsMax = 64;
const pictureWidthPxMax = 232;
const pictureHeightPxMax = 296;
const fileIcon = "M4 1.8h5l3 3v9.4H4zM9 1.8v3h3";

/**
 * Where the page still has a picture that it sent, it goes on showing its own: the same bubble
 * stays the same bubble when the carrier has it.
 */
export class LocalPictures {
  readonly #urls = new Map<string, string>();

  keep(id: string, url: string): void {
    this.#urls.set(id, url);
    const oldest = this.#urls.entries().next().value;
    if (this.#urls.size <= localUrlsMax || oldest === undefined) return;
    this.#urls.delete(oldest[0]);
    URL.revokeObjectURL(oldest[1]);
  }

  shown({ id, ...media }: PhoneMedia): ShownMedia {
    return { ...media, url: this.#urls.get(id) ?? `phone/media/${encodeURIComponent(id)}` };
  }
}

export function shownPicture({ blob, url, width, height }: ChosenPicture): ShownMedia {
  return { kind: "picture", name: null, bytes: blob.size, width, height, card: null, url };
}

/** The element that shows it; a picture opens large. */
export function makeMedia(media: ShownMedia, onOpen: (url: string) => void): HTMLElement {
  if (media.kind === "picture") return makePicture(media, onOpen);
  return media.card === null ? makeFile(media) : makeCard(media);
}

function makePicture(media: ShownMedia, onOpen: (url: string) => void): HTMLElement {
  const { url, width, height } = media;
  const image = make("img", { attributes: { src: url, alt: media.name ?? "Picture" } });
  const button = make("button", { class: "picture", attributes: { type: "button" } }, [image]);
  // A known size keeps the thread from jumping when the picture arrives.
  if (width !== null && height !== null) {
    const scale = Math.min(1, pictureWidthPxMax / width, pictureHeightPxMax / height);
    button.style.width = `${Math.round(width * scale)}px`;
    button.style.aspectRatio = `${width} / ${height}`;
  }
  button.addEventListener("click", () => onOpen(url));
  image.addEventListener("error", () => {
    button.replaceWith(make("div", { class: "gone", text: "This picture is gone" }));
  });
  return button;
}

function makeFile({ url, name, kind, bytes }: ShownMedia): HTMLElement {
  const what = kind === "document" ? "PDF" : "File";
  const called = name ?? what;
  return makeLink(url, called, "file", [
    make("div", { class: "file-mark" }, [makeIcon(fileIcon)]),
    make("div", { class: "file-words" }, [
      make("div", { class: "file-name", text: called, attributes: { dir: "auto" } }),
      make("div", { class: "file-more", text: `${what} · ${formatBytes(bytes)}` }),
    ]),
  ]);
}

function makeCard({ url, name, card }: ShownMedia): HTMLElement {
  const called = card?.name ?? "Contact";
  return makeLink(url, name ?? "contact.vcf", "file", [
    make("div", { class: "avatar card-avatar", text: initialsOf(called, "") }),
    make("div", { class: "file-words" }, [
      make("div", { class: "file-name", text: called, attributes: { dir: "auto" } }),
      make("div", { class: "file-more", text: card?.detail ?? "Contact card" }),
    ]),
  ]);
}

function makeLink(url: string, name: string, look: string, parts: Node[]): HTMLElement {
  return make("a", { class: look, attributes: { href: url, download: name } }, parts);
}
