import { cardFieldCharsMax } from "./limits.ts";

/** How a phone shows it. */
export type MediaKind = "picture" | "document" | "card" | "file";

/** What bytes are, by what they begin with; never by what somebody calls them. */
export interface Recognized {
  readonly kind: Exclude<MediaKind, "file">;
  readonly mediaType: string;
  /** Pixels; pictures only. */
  readonly width: number | null;
  readonly height: number | null;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

type Reader = (bytes: Buffer) => Size | null;

const pictures: readonly (readonly [string, Reader])[] = [
  ["image/png", pngSize],
  ["image/jpeg", jpegSize],
  ["image/gif", gifSize],
  ["image/webp", webpSize],
];

/** Never throws; null for what phones do not show. */
export function recognize(given: Uint8Array): Recognized | null {
  const bytes = Buffer.from(given.buffer, given.byteOffset, given.byteLength);
  for (const [mediaType, read] of pictures) {
    const size = read(bytes);
    if (size !== null) return { kind: "picture", mediaType, ...size };
  }
  const none = { width: null, height: null };
  const head = bytes.subarray(0, 64).toString("latin1");
  if (head.startsWith("%PDF-")) {
    return { kind: "document", mediaType: "application/pdf", ...none };
  }
  if (/^(\xEF\xBB\xBF)?\s*BEGIN:VCARD\s/i.test(head)) {
    return { kind: "card", mediaType: "text/vcard", ...none };
  }
  return null;
}

/** PNG (W3C, §11.2.1): signature, then IHDR with width and height. */
function pngSize(bytes: Buffer): Size | null {
  if (bytes.length < 24 || bytes.toString("latin1", 0, 8) !== "\x89PNG\r\n\x1a\n") return null;
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

/** GIF89a, §18. */
function gifSize(bytes: Buffer): Size | null {
  if (bytes.length < 10 || !/^GIF8[79]a$/.test(bytes.toString("latin1", 0, 6))) return null;
  return { width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) };
}

/** JPEG (ITU T.81, annex B): segments, until a start of frame says the size. */
function jpegSize(bytes: Buffer): Size | null {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return null;
  let at = 2;
  while (at + 9 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    at += marker === 0xff ? 1 : 2 + bytes.readUInt16BE(at + 2);
  }
  return null;
}

/** WebP container (RFC 9649, §2.5 to §2.7): lossy, lossless, extended. */
function webpSize(bytes: Buffer): Size | null {
  const isWebp = bytes.length >= 30 && bytes.toString("latin1", 8, 12) === "WEBP";
  if (!isWebp || bytes.toString("latin1", 0, 4) !== "RIFF") return null;
  const form = bytes.toString("latin1", 12, 16);
  if (form === "VP8 ") {
    return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff };
  }
  if (form === "VP8L") {
    const bits = bytes.readUInt32LE(21);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  if (form !== "VP8X") return null;
  return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 };
}

/** A contact card as a phone shows it before it is opened. */
export interface Card {
  readonly name: string;
  /** A number, an address or a company: the first that there is. */
  readonly detail: string | null;
}

/** Reads what is shown of a vCard (RFC 6350, §3 and §6), as tolerantly as phones do. */
export function readCard(bytes: Uint8Array): Card {
  const lines = new TextDecoder()
    .decode(bytes)
    .replace(/\r?\n[ \t]/g, "")
    .split(/\r?\n/);
  const value = (property: string) => {
    const pattern = new RegExp(`^(?:[\\w-]+\\.)?${property}(?:;[^:]*)?:(.*)$`, "i");
    const line = lines.find((candidate) => pattern.test(candidate));
    return plainValue(line === undefined ? "" : line.replace(pattern, "$1"));
  };
  const detail = [value("TEL"), value("EMAIL"), value("ORG")].find((found) => found !== "");
  return { name: value("FN") || value("ORG") || "Contact", detail: detail ?? null };
}

function plainValue(value: string): string {
  const plain = value
    .replace(/^(tel|mailto):/i, "")
    .replace(/\\n/gi, " ")
    .replace(/\\([,;\\])/g, "$1");
  return plain.trim().slice(0, cardFieldCharsMax);
}
