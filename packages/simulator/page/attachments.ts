import { byId, make } from "./element.ts";
import { type ChosenPicture, type PictureProblem, preparePicture } from "./picture.ts";

const picturesMax = 10;

const samples = [
  { name: "lamp", label: "A broken lamp" },
  { name: "view", label: "The harbour in the evening" },
  { name: "shower", label: "A dripping shower" },
  { name: "charger", label: "A white charger" },
  { name: "suitcase", label: "A suitcase without its wheel" },
] as const;

const problems: Record<PictureProblem, string> = {
  not_a_picture: "Phones send pictures only: JPEG, PNG, GIF or WebP.",
  too_large: "This picture is too large for a phone.",
};

/** The pictures beside the text: chosen, taken, pasted or one of the demo's own. */
export class Attachments {
  readonly #plus = byId("plus", HTMLButtonElement);
  readonly #tray = byId("tray", HTMLElement);
  readonly #staged = byId("staged", HTMLUListElement);
  readonly #problem = byId("picture-problem", HTMLElement);
  readonly #onChange: () => void;
  #pictures: readonly ChosenPicture[] = [];

  constructor(onChange: () => void) {
    this.#onChange = onChange;
    this.#plus.addEventListener("click", () => this.#toggleTray(this.#tray.hidden !== false));
    this.#wireFile("camera");
    this.#wireFile("choose");
    document.addEventListener("paste", (event) => this.#onFiles(event, event.clipboardData));
    const phone = byId("phone", HTMLElement);
    phone.addEventListener("dragover", (event) => event.preventDefault());
    phone.addEventListener("drop", (event) => this.#onFiles(event, event.dataTransfer));
  }

  get pictures(): readonly ChosenPicture[] {
    return this.#pictures;
  }

  /** Gives what was chosen away, or puts back what waited with a draft. */
  replace(pictures: readonly ChosenPicture[]): readonly ChosenPicture[] {
    const before = this.#pictures;
    this.#toggleTray(false);
    this.#say("");
    this.#show(pictures);
    return before;
  }

  #wireFile(source: "camera" | "choose"): void {
    const file = byId(`${source}-file`, HTMLInputElement);
    byId(source, HTMLButtonElement).addEventListener("click", () => file.click());
    file.addEventListener("change", () => {
      void this.#add([...(file.files ?? [])]);
      file.value = "";
    });
  }

  #onFiles(event: Event, given: DataTransfer | null): void {
    const files = [...(given?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    void this.#add(files);
  }

  async #add(files: readonly Blob[]): Promise<void> {
    this.#say("");
    for (const file of files) {
      if (this.#pictures.length >= picturesMax) {
        this.#say(`A text brings at most ${picturesMax} pictures.`);
        return;
      }
      const prepared = await preparePicture(file);
      if (typeof prepared === "string") this.#say(problems[prepared]);
      else this.#show([...this.#pictures, prepared]);
    }
    this.#toggleTray(false);
    byId("text", HTMLTextAreaElement).focus();
  }

  async #addSample(name: string): Promise<void> {
    const response = await fetch(`phone/pictures/${name}`).catch(() => null);
    if (response?.ok) await this.#add([await response.blob()]);
    else this.#say("The picture could not be loaded.");
  }

  #toggleTray(isOpen: boolean): void {
    this.#tray.hidden = !isOpen;
    this.#plus.setAttribute("aria-expanded", String(isOpen));
    const list = byId("samples", HTMLUListElement);
    if (isOpen && list.childElementCount === 0) {
      list.append(...samples.map(({ name, label }) => this.#makeSample(name, label)));
    }
  }

  #makeSample(name: string, label: string): HTMLElement {
    const picture = make("img", { attributes: { src: `phone/pictures/${name}`, alt: label } });
    const button = make("button", { class: "sample", attributes: { type: "button" } }, [picture]);
    button.addEventListener("click", () => void this.#addSample(name));
    return make("li", {}, [button]);
  }

  #show(pictures: readonly ChosenPicture[]): void {
    this.#pictures = pictures;
    const rows = pictures.map((picture, at) => this.#makeStaged(picture, at + 1));
    this.#staged.replaceChildren(...rows);
    this.#onChange();
  }

  #makeStaged(picture: ChosenPicture, place: number): HTMLElement {
    const image = make("img", { attributes: { src: picture.url, alt: "" } });
    const words = make("span", { class: "visually-hidden", text: `Remove picture ${place}` });
    const cross = make("span", { class: "cross", attributes: { "aria-hidden": "true" } });
    const attributes = { type: "button" };
    const button = make("button", { class: "staged-picture", attributes }, [image, cross, words]);
    button.addEventListener("click", () => {
      this.#show(this.#pictures.filter((other) => other !== picture));
      URL.revokeObjectURL(picture.url);
      byId("text", HTMLTextAreaElement).focus();
    });
    return make("li", {}, [button]);
  }

  #say(words: string): void {
    this.#problem.textContent = words;
  }
}
