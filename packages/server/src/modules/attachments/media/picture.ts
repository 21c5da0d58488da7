/** What is inside a picture's file: its size, and the parts that are worth keeping. */
export interface PictureRead {
  readonly width: number;
  readonly height: number;
  /** The pixels of all frames of a moving picture together; 0 for a still one. */
  readonly framePixels: number;
  /**
   * The file again, put together of the picture alone. What cameras and programs wrote beside it
   * (where it was taken, by whom, with what) is left out, and so is all that does not belong to
   * the format: a file that is two things at once comes out as one.
   */
  readonly parts: readonly Uint8Array[];
}

/**
 * A file is walked through in so many parts and no more: the largest picture of a phone has a few
 * thousand, and a part of four bytes must not cost hundreds.
 */
export const partsMax = 10_000;

/**
 * Walks through a file's bytes. Where they end too early it throws `PictureBroken`, so that no
 * reader has to check each step.
 */
export class ByteWalk {
  readonly #bytes: Buffer;
  #parts = 0;
  at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get left(): number {
    return this.#bytes.length - this.at;
  }

  /** Counts a segment, chunk or block that begins here, kept or not; returns where. */
  beginPart(): number {
    this.#parts += 1;
    if (this.#parts > partsMax) throw new PictureBroken();
    return this.at;
  }

  /** The next so many bytes, a view. */
  take(count: number): Buffer {
    this.skip(count);
    return this.#bytes.subarray(this.at - count, this.at);
  }

  /** Walks over so many bytes. */
  skip(count: number): void {
    if (count > this.left) throw new PictureBroken();
    this.at += count;
  }

  byte(): number {
    this.skip(1);
    return this.#bytes.readUInt8(this.at - 1);
  }

  /** What was walked since a place. */
  since(from: number): Buffer {
    return this.#bytes.subarray(from, this.at);
  }

  /** Where a byte occurs next; the end if it does not. */
  find(byte: number, from: number): number {
    const at = this.#bytes.indexOf(byte, from);
    return at < 0 ? this.#bytes.length : at;
  }

  /** The byte at a place; undefined beyond the end. */
  peek(at: number): number | undefined {
    return this.#bytes[at];
  }
}

/** Bytes that begin like a picture and are none. */
export class PictureBroken extends Error {
  override readonly name = "PictureBroken";
}
