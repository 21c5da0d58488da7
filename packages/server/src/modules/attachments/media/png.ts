import { ByteWalk, PictureBroken, type PictureRead } from "./picture.ts";

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const crcBytes = 4;
const headerBytes = 13;

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
  for (;;) {
    const from = walk.at;
    const length = walk.take(4).readUInt32BE(0);
    const type = walk.take(4).toString("latin1");
    const data = walk.take(length);
    walk.take(crcBytes);
    if ((type === "IHDR") !== (size === undefined)) throw new PictureBroken();
    if (type === "IHDR") {
      if (length !== headerBytes) throw new PictureBroken();
      size = { width: data.readUInt32BE(0), height: data.readUInt32BE(4) };
    }
    hasData ||= type === "IDAT";
    if (keptChunks.has(type)) parts.push(walk.since(from));
    if (type === "IEND") break;
  }
  if (!size || !hasData) throw new PictureBroken();
  return { ...size, parts };
}
