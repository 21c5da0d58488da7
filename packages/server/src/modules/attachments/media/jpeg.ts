import { orientationOf, orientationSegment } from "./exif.ts";
import { ByteWalk, PictureBroken, type PictureRead } from "./picture.ts";

const startOfImage = 0xd8;
const endOfImage = 0xd9;
const startOfScan = 0xda;
const comment = 0xfe;
/** Frames by which this marker tells the size (ITU-T T.81, table B.1). */
const isFrame = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
const isRestart = (marker: number) => marker >= 0xd0 && marker <= 0xd7;
const isApplication = (marker: number) => marker >= 0xe0 && marker <= 0xef;

/** Segments of applications that change how the picture looks: JFIF, colour profile, Adobe. */
const keptApplications: ReadonlyMap<number, string> = new Map([
  [0xe0, "JFIF\0"],
  [0xe2, "ICC_PROFILE\0"],
  [0xee, "Adobe"],
]);

export const isJpeg = (bytes: Uint8Array) =>
  bytes[0] === 0xff && bytes[1] === startOfImage && bytes[2] === 0xff;

/** What was found so far. */
interface Found {
  readonly kept: Uint8Array[];
  size: { readonly width: number; readonly height: number } | undefined;
  orientation: number;
  hasScan: boolean;
}

/**
 * Reads a JPEG (ITU-T T.81, annex B). Of Exif only the orientation is kept. A picture that was cut
 * on its way is closed where it ends.
 *
 * @throws PictureBroken
 */
export function readJpeg(bytes: Uint8Array): PictureRead {
  const walk = new ByteWalk(bytes);
  walk.take(2);
  const found: Found = { kept: [], size: undefined, orientation: 1, hasScan: false };
  while (walk.left > 0) {
    const marker = nextMarker(walk);
    if (marker === endOfImage) break;
    if (!isRestart(marker) && marker !== 0x01) readSegment(walk, marker, found);
  }
  const { kept, size, orientation, hasScan } = found;
  if (!size || !hasScan) throw new PictureBroken();
  const isTurned = orientation >= 5;
  return {
    width: isTurned ? size.height : size.width,
    height: isTurned ? size.width : size.height,
    framePixels: 0,
    parts: [
      Uint8Array.of(0xff, startOfImage),
      ...orientationSegment(orientation),
      ...kept,
      Uint8Array.of(0xff, endOfImage),
    ],
  };
}

function readSegment(walk: ByteWalk, marker: number, found: Found): void {
  const segment = takeSegment(walk);
  const payload = segment.subarray(4);
  if (isFrame(marker)) {
    // With several frames, one size would not be the size of them all.
    if (found.size) throw new PictureBroken();
    found.size = sizeOf(payload);
  }
  found.orientation = orientationOf(marker, payload) ?? found.orientation;
  if (isKept(marker, payload)) found.kept.push(segment);
  if (marker !== startOfScan) return;
  found.hasScan = true;
  found.kept.push(takeScan(walk));
}

/** A marker may have any number of 0xff before it (B.1.1.2); what else lies between is no part. */
function nextMarker(walk: ByteWalk): number {
  for (;;) {
    while (walk.byte() !== 0xff);
    let marker = walk.byte();
    while (marker === 0xff) marker = walk.byte();
    if (marker !== 0x00) return marker;
  }
}

/** A segment with its marker, of which the walk stands behind, and its length. */
function takeSegment(walk: ByteWalk): Uint8Array {
  const from = walk.beginPart() - 2;
  const length = walk.take(2).readUInt16BE(0);
  if (length < 2) throw new PictureBroken();
  walk.skip(length - 2);
  return walk.since(from);
}

function sizeOf(frame: Uint8Array): { width: number; height: number } {
  const view = new ByteWalk(frame);
  view.take(1);
  const height = view.take(2).readUInt16BE(0);
  const width = view.take(2).readUInt16BE(0);
  return { width, height };
}

function isKept(marker: number, payload: Uint8Array): boolean {
  if (marker === comment) return false;
  if (!isApplication(marker)) return true;
  const name = keptApplications.get(marker);
  return (
    name !== undefined && Buffer.from(payload.subarray(0, name.length)).equals(Buffer.from(name))
  );
}

/** The coded data of a scan: up to the next marker that is neither a stuffed byte nor a restart. */
function takeScan(walk: ByteWalk): Uint8Array {
  const from = walk.at;
  let at = from;
  for (;;) {
    at = walk.find(0xff, at);
    const next = walk.peek(at + 1);
    if (next === undefined) break;
    if (next !== 0x00 && next !== 0xff && !isRestart(next)) break;
    at += next === 0xff ? 1 : 2;
  }
  const isCut = walk.peek(at + 1) === undefined;
  walk.skip(at - from);
  const scan = walk.since(from);
  if (isCut) walk.skip(walk.left);
  return scan;
}
