/** A picture that was chosen, ready to be sent. */
export interface ChosenPicture {
  readonly blob: Blob;
  /** Shows it before the carrier has it. */
  readonly url: string;
  readonly width: number;
  readonly height: number;
}

/** What no phone would try to unpack. */
const fileBytesMax = 60_000_000;
/** A picture within both goes out as it is; phones make larger ones smaller. */
const sentBytesMax = 1_000_000;
const sentSidePxMax = 2_048;
const scaledSidePx = 1_600;
const scaledQuality = 0.84;
/** A GIF would lose its movement; the carrier takes so much. */
const gifBytesMax = 5 * 1024 * 1024;
const passedOn = ["image/jpeg", "image/png", "image/webp"];

export type PictureProblem = "not_a_picture" | "too_large";

/** Makes a file what a phone would send of it. Pictures are turned upright on the way. */
export async function preparePicture(file: Blob): Promise<ChosenPicture | PictureProblem> {
  if (file.size > fileBytesMax) return "too_large";
  const bitmap = await createImageBitmap(file).catch(() => null);
  if (bitmap === null) return "not_a_picture";
  const { width, height } = bitmap;
  try {
    if (isSentAsIs(file, Math.max(width, height))) return chosen(file, width, height);
    const scale = Math.min(1, scaledSidePx / Math.max(width, height));
    const size = { width: atLeastOne(width * scale), height: atLeastOne(height * scale) };
    const blob = await redraw(bitmap, size.width, size.height);
    return blob === null ? "not_a_picture" : chosen(blob, size.width, size.height);
  } finally {
    bitmap.close();
  }
}

function isSentAsIs(file: Blob, longSide: number): boolean {
  if (file.type === "image/gif") return file.size <= gifBytesMax;
  const isSmall = file.size <= sentBytesMax && longSide <= sentSidePxMax;
  return isSmall && passedOn.includes(file.type);
}

function atLeastOne(side: number): number {
  return Math.max(1, Math.round(side));
}

function chosen(blob: Blob, width: number, height: number): ChosenPicture {
  return { blob, url: URL.createObjectURL(blob), width, height };
}

function redraw(bitmap: ImageBitmap, width: number, height: number): Promise<Blob | null> {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d");
  if (context === null) return Promise.resolve(null);
  // What is transparent would turn black in a JPEG.
  context.fillStyle = "white";
  context.fillRect(0, 0, width, height);
  context.drawImage(bitmap, 0, 0, width, height);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", scaledQuality));
}
