import { readFileSync } from "node:fs";
import type { GivenMedia } from "./media-shelf.ts";

/** Pictures that a guest can send without having one: drawn for the demo, nobody's photographs. */
export const pictureNames = ["lamp", "view", "shower", "charger", "suitcase"] as const;
export type PictureName = (typeof pictureNames)[number];

const folder = new URL("../pictures/", import.meta.url);

/** A picture's bytes: a JPEG. */
export function readPicture(name: PictureName): Buffer {
  return readFileSync(new URL(`${name}.jpg`, folder));
}

/** A picture as a guest sends it. */
export function picture(name: PictureName): GivenMedia {
  return { bytes: readPicture(name), mediaType: "image/jpeg", name: `${name}.jpg` };
}
