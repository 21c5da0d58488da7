import { ByteWalk, PictureBroken, type PictureRead } from "./picture.ts";

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const crcBytes = 4;
const headerBytes = 13;
const frameControlBytes = 26;

/** The chunks that make the picture, its colours and its movement; no text, time or Exif. */
const keptChunks: ReadonlySet<string> = new Set([
  ...["IHDR", "PLTE", "IDAT", "IEND", "tRNS"],
  ...["cHRM", "gAMA", "iCCP", "sBIT", "sRGB", "cICP", "bKGD", "pHYs"],
  ...["acTL", "fcTL", "fdAT"],
]);

export const isPng = (bytes: Uint8Array) => signature.equals(bytes.subarray(0, signature.length));

/**
 * Reads a PNG (W3C PNG, third edition, §5).
 * @throws PictureBroken
 */
export function readPng(bytes: Uint8Array): PictureRead {
  const walk = new ByteWalk(bytes);
  const parts: Uint8Array[] = [walk.take(signature.length)];
  let size: { width: number; height: number } | undefined;
  let hasData = false;
  let framePixels = 0;
  for (;;) {
    const from = walk.beginPart();
    const length = walk.take(4).readUInt32BE(0);
    const type = walk.take(4).toString("latin1");
    const data = walk.take(length);
    walk.skip(crcBytes);
    if ((type === "IHDR") !== (size === undefined)) throw new PictureBroken();
    if (type === "IHDR") size = sizeOf(data);
    if (type === "fcTL") framePixels += framePixelsOf(data);
    hasData ||= type === "IDAT";
    if (keptChunks.has(type)) parts.push(walk.since(from));
    if (type === "IEND") break;
  }
  if (!size || !hasData) throw new PictureBroken();
  return { ...size, framePixels, parts };
}

function sizeOf(header: Buffer): { width: number; height: number } {
  if (header.length !== headerBytes) throw new PictureBroken();
  return { width: header.readUInt32BE(0), height: header.readUInt32BE(4) };
}

/** A frame's pixels, as its control chunk tells them (§11.3.6.2). */
function framePixelsOf(control: Buffer): number {
  if (control.length !== frameControlBytes) throw new PictureBroken();
  return control.readUInt32BE(4) * control.readUInt32BE(8);
}
