/** The segment in which a JPEG carries Exif (CIPA DC-008, 4.5.4), and how it begins. */
const application1 = 0xe1;
const exifName = Buffer.from("Exif\0\0");
const orientationTag = 0x0112;
const shortType = 3;
const directoryEntryBytes = 12;
/** A directory has a few dozen entries. */
const entriesMax = 200;

/**
 * How a camera was held, 1 to 8, as a segment says; undefined where it says nothing. Whatever is
 * odd in it says nothing.
 */
export function orientationOf(marker: number, payload: Uint8Array): number | undefined {
  const bytes = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength);
  if (marker !== application1 || !bytes.subarray(0, exifName.length).equals(exifName)) return;
  const tiff = openTiff(bytes.subarray(exifName.length));
  if (!tiff) return;
  for (const at of entriesOf(tiff)) {
    if (tiff.short(at) !== orientationTag || tiff.short(at + 2) !== shortType) continue;
    const orientation = tiff.short(at + 8);
    return orientation >= 1 && orientation <= 8 ? orientation : undefined;
  }
  return;
}

interface Tiff {
  readonly length: number;
  /** Where the first directory begins. */
  readonly directory: number;
  short(at: number): number;
}

/** A TIFF header (TIFF 6.0, section 2), which says in which order bytes follow each other. */
function openTiff(bytes: Buffer): Tiff | undefined {
  const order = bytes.toString("latin1", 0, 2);
  const { length } = bytes;
  if (length < 8 || (order !== "II" && order !== "MM")) return undefined;
  return order === "II"
    ? { length, directory: bytes.readUInt32LE(4), short: (at) => bytes.readUInt16LE(at) }
    : { length, directory: bytes.readUInt32BE(4), short: (at) => bytes.readUInt16BE(at) };
}

/** Where the entries of the first directory begin; only those that lie inside. */
function entriesOf({ length, directory, short }: Tiff): number[] {
  if (directory + 2 > length) return [];
  const count = Math.min(short(directory), entriesMax);
  const places = Array.from({ length: count }, (_, index) => index * directoryEntryBytes);
  return places
    .map((offset) => directory + 2 + offset)
    .filter((at) => at + directoryEntryBytes <= length);
}

/** An Exif segment that says how a picture is turned and nothing else; none for an upright one. */
export function orientationSegment(orientation: number): Uint8Array[] {
  if (orientation === 1) return [];
  const tiff = Buffer.alloc(26);
  tiff.write("MM\0*", 0, "latin1");
  tiff.writeUInt32BE(8, 4);
  tiff.writeUInt16BE(1, 8);
  tiff.writeUInt16BE(orientationTag, 10);
  tiff.writeUInt16BE(shortType, 12);
  tiff.writeUInt32BE(1, 14);
  tiff.writeUInt16BE(orientation, 18);
  const length = 2 + exifName.length + tiff.length;
  const head = Uint8Array.of(0xff, application1, length >> 8, length & 0xff);
  return [Buffer.concat([head, exifName, tiff])];
}
