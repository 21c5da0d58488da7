import type { AttachmentMediaType } from "@foyer/contract";
import { isGif, readGif } from "./gif.ts";
import { isJpeg, readJpeg } from "./jpeg.ts";
import { PictureBroken, type PictureRead } from "./picture.ts";
import { isPng, readPng } from "./png.ts";
import { isWebp, readWebp } from "./webp.ts";

/**
 * A picture opened in a browser takes four bytes a pixel, however few its file has: this is what
 * the largest cameras of phones make, and a quarter of a gibibyte.
 */
export const pixelsMax = 64_000_000;
/** All frames of a moving picture: ten minutes of a small one, and seconds of a viewer's work. */
export const framePixelsMax = 512_000_000;

/** What a file is, told by its bytes alone; whatever anybody called it. */
export type Recognised =
  | {
      readonly kind: "taken";
      readonly mediaType: AttachmentMediaType;
      /** What is kept of it; see `PictureRead`. A document is kept as it came. */
      readonly bytes: Uint8Array;
      readonly width: number | null;
      readonly height: number | null;
    }
  | { readonly kind: "refused"; readonly because: "type" | "pixels" };

interface PictureFormat {
  readonly mediaType: AttachmentMediaType;
  is(bytes: Uint8Array): boolean;
  read(bytes: Uint8Array): PictureRead;
}

const pictureFormats: readonly PictureFormat[] = [
  { mediaType: "image/jpeg", is: isJpeg, read: readJpeg },
  { mediaType: "image/png", is: isPng, read: readPng },
  { mediaType: "image/gif", is: isGif, read: readGif },
  { mediaType: "image/webp", is: isWebp, read: readWebp },
];

export function recognise(bytes: Uint8Array): Recognised {
  const format = pictureFormats.find(({ is }) => is(bytes));
  if (format) return recognisePicture(format, bytes);
  const mediaType = isPdf(bytes) ? "application/pdf" : isVcard(bytes) ? "text/vcard" : undefined;
  if (mediaType === undefined) return { kind: "refused", because: "type" };
  return { kind: "taken", mediaType, bytes, width: null, height: null };
}

function recognisePicture({ mediaType, read }: PictureFormat, bytes: Uint8Array): Recognised {
  const picture = readUnlessBroken(read, bytes);
  if (!picture || picture.width === 0 || picture.height === 0) {
    return { kind: "refused", because: "type" };
  }
  const { width, height, framePixels, parts } = picture;
  const isTooLarge = width * height > pixelsMax || framePixels > framePixelsMax;
  if (isTooLarge) return { kind: "refused", because: "pixels" };
  return { kind: "taken", mediaType, bytes: Buffer.concat(parts), width, height };
}

function readUnlessBroken(read: PictureFormat["read"], bytes: Uint8Array) {
  try {
    return read(bytes);
  } catch (error) {
    if (error instanceof PictureBroken) return undefined;
    throw error;
  }
}

/** ISO 32000-2, §7.5.2. */
function isPdf(bytes: Uint8Array): boolean {
  return /^%PDF-[12]\.\d/.test(latin1(bytes.subarray(0, 8)));
}

/**
 * A contact card (RFC 6350 §3.3 and its older versions): lines of text between its two marks, in
 * whatever encoding, and no byte that is not text.
 */
function isVcard(bytes: Uint8Array): boolean {
  const text = latin1(bytes).replace(/^\u00ef\u00bb\u00bf/, "");
  if (!/^BEGIN:VCARD[ \t]*\r?\n/i.test(text)) return false;
  return /\nEND:VCARD\s*$/i.test(text.slice(-endCharacters)) && bytes.every(isOfText);
}

/** The end of a card, with the empty lines that may follow. */
const endCharacters = 200;

/** Tab, line feed, carriage return, and whatever is no control character. */
function isOfText(byte: number): boolean {
  return byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
}
