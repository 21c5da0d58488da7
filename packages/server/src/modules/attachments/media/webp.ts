import { ByteWalk, PictureBroken, type PictureRead } from "./picture.ts";

const headBytes = 12;
const frameHeadBytes = 16;
const filling = Buffer.alloc(1);
interface Size {
  readonly width: number;
  readonly height: number;
}

/** Which chunks make the picture, its colours and its movement; no Exif and no XMP. */
const keptChunks: ReadonlySet<string> = new Set([
  ...["VP8X", "VP8 ", "VP8L", "ALPH"],
  ...["ANIM", "ANMF", "ICCP"],
]);
/** The flags of an extended header that announce Exif and XMP. */
const metadataFlags = 0x08 | 0x04;

export const isWebp = (bytes: Uint8Array) =>
  /^RIFF.{4}WEBPVP8[ LX]$/s.test(Buffer.from(bytes.subarray(0, headBytes + 4)).toString("latin1"));

/**
 * Reads a WebP (RFC 9649, §2).
 * @throws PictureBroken
 */
export function readWebp(bytes: Uint8Array): PictureRead {
  const head = new ByteWalk(bytes).take(headBytes);
  const walk = new ByteWalk(bytes.subarray(headBytes, 8 + head.readUInt32LE(4)));
  const chunks: Uint8Array[] = [];
  let size: Size | undefined;
  let hasPicture = false;
  let framePixels = 0;
  while (walk.left > 0) {
    const { type, data, whole } = takeChunk(walk);
    size ??= sizeOf(type, data);
    if (isStill(type)) assertSame(size, sizeOf(type, data));
    if (type === "ANMF") framePixels += framePixelsOf(data);
    hasPicture ||= type !== "VP8X" && type !== "ICCP" && keptChunks.has(type);
    if (keptChunks.has(type)) chunks.push(type === "VP8X" ? withoutFlags(whole) : whole);
  }
  if (!size || !hasPicture) throw new PictureBroken();
  const total = chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0);
  const newHead = Buffer.from(head);
  newHead.writeUInt32LE(total + headBytes - 8, 4);
  return { ...size, framePixels, parts: [newHead, ...chunks] };
}

/** A chunk: its type, what it holds, and all of it (RFC 9649, §2.3). */
function takeChunk(walk: ByteWalk): { type: string; data: Buffer; whole: Buffer } {
  const from = walk.beginPart();
  const type = walk.take(4).toString("latin1");
  const length = walk.take(4).readUInt32LE(0);
  const data = walk.take(length);
  if (length % 2 === 0) return { type, data, whole: walk.since(from) };
  // A chunk of odd length is filled up; a file that ends there is read all the same.
  if (walk.left === 0) return { type, data, whole: Buffer.concat([walk.since(from), filling]) };
  walk.skip(1);
  return { type, data, whole: walk.since(from) };
}

/** The size as the first chunk tells it: extended (§2.7), lossy (RFC 6386 §9.1) or lossless. */
function sizeOf(type: string, data: Buffer): Size {
  if (data.length < 10 && !(type === "VP8L" && data.length >= 5)) throw new PictureBroken();
  if (type === "VP8X") {
    return { width: 1 + data.readUIntLE(4, 3), height: 1 + data.readUIntLE(7, 3) };
  }
  if (type === "VP8 " && data.readUIntBE(3, 3) === 0x9d012a) {
    return { width: data.readUInt16LE(6) & 0x3fff, height: data.readUInt16LE(8) & 0x3fff };
  }
  if (type !== "VP8L" || data.readUInt8(0) !== 0x2f) throw new PictureBroken();
  const bits = data.readUInt32LE(1);
  return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
}

const isStill = (type: string) => type === "VP8 " || type === "VP8L";

/** A picture is as large as its canvas (§2.7.1.4): what the header says, viewers do not ask. */
function assertSame(canvas: Size, picture: Size): void {
  if (canvas.width !== picture.width || canvas.height !== picture.height) throw new PictureBroken();
}

/** A frame's pixels (§2.7.1.1): its width and height follow its place, each less one. */
function framePixelsOf(frame: Buffer): number {
  if (frame.length < frameHeadBytes) throw new PictureBroken();
  return (1 + frame.readUIntLE(6, 3)) * (1 + frame.readUIntLE(9, 3));
}

function withoutFlags(chunk: Uint8Array): Uint8Array {
  const copy = Buffer.from(chunk);
  copy.writeUInt8(copy.readUInt8(8) & ~metadataFlags & 0xff, 8);
  return copy;
}
