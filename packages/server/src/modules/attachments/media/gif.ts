import { ByteWalk, PictureBroken, type PictureRead } from "./picture.ts";

const headBytes = 6;
const screenBytes = 7;
const imageBytes = 9;
const extension = 0x21;
const image = 0x2c;
const trailer = 0x3b;
const graphicControl = 0xf9;
const application = 0xff;
/** The one application that a picture needs: how often it moves. */
const repeating = "NETSCAPE2.0";

export const isGif = (bytes: Uint8Array) =>
  /^GIF8[79]a$/.test(Buffer.from(bytes.subarray(0, headBytes)).toString("latin1"));

/**
 * Reads a GIF (CompuServe GIF89a, §17 to §27): frames and how they follow each other are kept,
 * comments, texts and other applications' data are not.
 *
 * @throws PictureBroken
 */
export function readGif(bytes: Uint8Array): PictureRead {
  const walk = new ByteWalk(bytes);
  walk.skip(headBytes);
  const screen = walk.take(screenBytes);
  walk.skip(colourTableBytes(screen.readUInt8(4)));
  const size = { width: screen.readUInt16LE(0), height: screen.readUInt16LE(2) };
  const parts: Uint8Array[] = [walk.since(0)];
  let framePixels = 0;
  for (;;) {
    const from = walk.beginPart();
    const kind = walk.byte();
    if (kind === trailer) break;
    if (kind === image) {
      framePixels += takeImage(walk, size);
      parts.push(walk.since(from));
    } else if (kind === extension) {
      const label = walk.byte();
      const first = takeBlocks(walk).toString("latin1");
      const isKept = label === graphicControl || (label === application && first === repeating);
      if (isKept) parts.push(walk.since(from));
    } else throw new PictureBroken();
  }
  if (framePixels === 0) throw new PictureBroken();
  return { ...size, framePixels, parts: [...parts, Uint8Array.of(trailer)] };
}

/**
 * Walks over an image (§20); returns how many pixels it has. A viewer makes room for one that
 * reaches beyond the screen (§18), whatever size the screen says it has.
 */
function takeImage(walk: ByteWalk, screen: { width: number; height: number }): number {
  const image = walk.take(imageBytes);
  const [left, top] = [image.readUInt16LE(0), image.readUInt16LE(2)];
  const [width, height] = [image.readUInt16LE(4), image.readUInt16LE(6)];
  if (left + width > screen.width || top + height > screen.height) throw new PictureBroken();
  walk.skip(colourTableBytes(image.readUInt8(imageBytes - 1)));
  walk.skip(1);
  takeBlocks(walk);
  return width * height;
}

/** A table of three bytes per colour, where the flags say that there is one. */
function colourTableBytes(flags: number): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 0x07) + 1);
}

/** Walks over data blocks up to the empty one that ends them; returns the first. */
function takeBlocks(walk: ByteWalk): Buffer {
  const first = walk.take(walk.byte());
  for (let length = first.length; length > 0; ) {
    length = walk.byte();
    walk.skip(length);
  }
  return first;
}
