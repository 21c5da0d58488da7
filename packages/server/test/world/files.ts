import { crc32, deflateSync } from "node:zlib";

/** Small files of every kind that is taken, put together byte by byte: nothing was copied. */

type Bytes = Uint8Array<ArrayBuffer>;

const join = (...parts: readonly (Uint8Array | string)[]): Bytes =>
  new Uint8Array(Buffer.concat(parts.map((part) => Buffer.from(part as string, "latin1"))));

const uint16 = (value: number) => Buffer.from([value >> 8, value & 0xff]);
const uint32 = (value: number) => Buffer.from([value >>> 24, value >> 16, value >> 8, value]);
const uint16le = (value: number) => uint16(value).reverse();
const uint32le = (value: number) => uint32(value).reverse();

/** A PNG of one colour, with chunks of anybody's between header and data. */
export function png(
  given: { width?: number; height?: number; chunks?: readonly (readonly [string, string])[] } = {},
): Bytes {
  const { width = 2, height = 2, chunks = [] } = given;
  const header = join(uint32(width), uint32(height), Uint8Array.of(8, 2, 0, 0, 0));
  // What a large picture claims to be is in its header; its rows need not be there.
  const rows = width * height > 10_000 ? 1 : height;
  const row = Buffer.alloc(1 + 3 * (rows === 1 ? 1 : width), 0);
  const data = deflateSync(Buffer.concat(Array.from({ length: rows }, () => row)));
  return join(
    "\x89PNG\r\n\x1a\n",
    pngChunk("IHDR", header),
    ...chunks.map(([type, text]) => pngChunk(type, text)),
    pngChunk("IDAT", data),
    pngChunk("IEND", ""),
  );
}

function pngChunk(type: string, data: Uint8Array | string): Bytes {
  const body = join(type, data);
  return join(uint32(body.length - 4), body, uint32(crc32(body)));
}

/** A JPEG with segments of anybody's after its start. */
export function jpeg(
  given: { width?: number; height?: number; segments?: readonly Uint8Array[] } = {},
): Bytes {
  const { width = 3, height = 2, segments = [] } = given;
  const frame = join(Uint8Array.of(8), uint16(height), uint16(width), Uint8Array.of(1, 1, 0x11, 0));
  return join(
    Uint8Array.of(0xff, 0xd8),
    jpegSegment(0xe0, join("JFIF\0", Uint8Array.of(1, 1, 0, 0, 1, 0, 1, 0, 0))),
    ...segments,
    jpegSegment(0xdb, join(Uint8Array.of(0), Buffer.alloc(64, 1))),
    jpegSegment(0xc0, frame),
    jpegSegment(0xc4, join(Uint8Array.of(0x00, 1), Buffer.alloc(15), Uint8Array.of(0))),
    jpegSegment(0xc4, join(Uint8Array.of(0x10, 1), Buffer.alloc(15), Uint8Array.of(0))),
    jpegSegment(0xda, Uint8Array.of(1, 1, 0, 0, 63, 0)),
    // Stuffed bytes and a restart belong to the data.
    Uint8Array.of(0x3f, 0xff, 0x00, 0x12, 0xff, 0xd0, 0x3f),
    Uint8Array.of(0xff, 0xd9),
  );
}

export function jpegSegment(marker: number, payload: Uint8Array): Bytes {
  return join(Uint8Array.of(0xff, marker), uint16(payload.length + 2), payload);
}

/** Exif as a phone writes it: how it was held, and a text where others put the place. */
export function exif(orientation: number, text: string, order: "II" | "MM" = "II"): Bytes {
  const [short, long] = order === "II" ? [uint16le, uint32le] : [uint16, uint32];
  const entry = (tag: number, type: number, count: number, value: Uint8Array) =>
    join(short(tag), short(type), long(count), value);
  const directory = join(
    short(2),
    entry(0x0110, 2, text.length, long(38)),
    entry(0x0112, 3, 1, join(short(orientation), short(0))),
    long(0),
  );
  const tiff = join(order, short(42), long(8), directory, text);
  return jpegSegment(0xe1, join("Exif\0\0", tiff));
}

/** A GIF of one frame with extensions, or further frames, of anybody's before it. */
export function gif(
  given: { width?: number; height?: number; extensions?: readonly Uint8Array[] } = {},
): Bytes {
  const { width = 2, height = 3, extensions = [] } = given;
  return join(
    "GIF89a",
    ...[uint16le(width), uint16le(height), Uint8Array.of(0x80, 0, 0), Buffer.alloc(6, 0x7f)],
    ...extensions,
    gifExtension(0xf9, Uint8Array.of(0, 10, 0, 0)),
    gifFrame({ width: 2, height: 3 }),
    Uint8Array.of(0x3b),
  );
}

export function gifFrame(given: {
  left?: number;
  top?: number;
  width: number;
  height: number;
}): Bytes {
  const { left = 0, top = 0, width, height } = given;
  const place = [left, top, width, height].map(uint16le);
  return join(Uint8Array.of(0x2c), ...place, Uint8Array.of(0, 2, 3, 0x84, 0x51, 0x00, 0));
}

export function gifExtension(label: number, ...blocks: readonly (Uint8Array | string)[]): Bytes {
  const written = blocks.map((block) => join(Uint8Array.of(block.length), block));
  return join(Uint8Array.of(0x21, label), ...written, Uint8Array.of(0));
}

/** A WebP: lossless alone, or extended with chunks of anybody's after the picture. */
export function webp(
  given: { width?: number; height?: number; chunks?: readonly (readonly [string, string])[] } = {},
): Bytes {
  const { width = 4, height = 5 } = given;
  const bits = uint32le((4 - 1) | ((5 - 1) << 14));
  const picture = webpChunk("VP8L", join(Uint8Array.of(0x2f), bits, Uint8Array.of(1, 2)));
  if (!given.chunks) return riff(picture);
  const flags = Uint8Array.of(0x08 | 0x04 | 0x10, 0, 0, 0);
  const size = join(uint32le(width - 1).subarray(0, 3), uint32le(height - 1).subarray(0, 3));
  const others = given.chunks.map(([type, text]) => webpChunk(type, text));
  return riff(join(webpChunk("VP8X", join(flags, size)), picture, ...others));
}

function riff(chunks: Uint8Array): Bytes {
  return join("RIFF", uint32le(chunks.length + 4), "WEBP", chunks);
}

function webpChunk(type: string, data: Uint8Array | string): Bytes {
  return join(type, uint32le(data.length), data, data.length % 2 === 1 ? "\0" : "");
}

export function pdf(text = "Breakfast from seven to ten"): Bytes {
  return join(`%PDF-1.7\n1 0 obj\n<< /Title (${text}) >>\nendobj\ntrailer\n<<>>\n%%EOF\n`);
}

export function vcard(name = "Ada Example"): Bytes {
  return join(`BEGIN:VCARD\r\nVERSION:3.0\r\nFN:${name}\r\nEND:VCARD\r\n`);
}
