import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { closeSync, openSync, readdirSync, readSync, statSync } from "node:fs";
import { join } from "node:path";

/**
 * Letters only, small ones: so that a secret is one word to the search's analysis, survives the
 * folding of names and e-mails, and is a code word to the store's strict binder. Where plaintext
 * went to a table, nothing would hold this one back.
 */
const letters = "abcdefghijklmnop";
const markLetters = 16;
const ownLetters = 32;

const chunkBytes = 8 * 1024 * 1024;
/** A secret in its longest form lies within so many bytes: `\u0061` for each letter. */
const overlapBytes = 1_024;
/** How often a folder is walked that changes while it is. */
const walksMax = 20;

/** Every form costs another reading: a secret that is not ours is looked for in these. */
const usualForms = /^(UTF-8|UTF-16LE|base64, .*)$/;

/** A file that holds a secret, and in what form. */
export interface Finding {
  readonly file: string;
  readonly form: string;
}

/** Makes the secrets of one run, all with one mark, so that looking for that finds any of them. */
export class Canaries {
  readonly #mark = word(markLetters);
  readonly #others: string[] = [];

  /** A word of 128 random bits that occurs nowhere else in the world, and the run's mark before. */
  next(): string {
    return this.#mark + word(ownLetters);
  }

  /** Takes a secret that was not ours to choose; it is looked for whole. Gives it back. */
  also(secret: string): string {
    assert.ok(secret.length >= markLetters, "occurs anywhere by accident");
    this.#others.push(secret);
    return secret;
  }

  /** Every form in which the mark or another secret could have got somewhere, by name. */
  forms(): ReadonlyMap<string, Buffer> {
    const others = this.#others.flatMap((secret, at) =>
      [...formsOf(secret)]
        .filter(([name]) => usualForms.test(name))
        .map(([name, bytes]) => [`${name} of secret ${at}`, bytes] as const),
    );
    return new Map([...formsOf(this.#mark), ...others]);
  }
}

function word(length: number): string {
  return Array.from(randomBytes(length), (byte) => letters[byte & 15]).join("");
}

function formsOf(mark: string): ReadonlyMap<string, Buffer> {
  const bytes = Buffer.from(mark);
  const hex = bytes.toString("hex");
  const pairs = hex.match(/../g) ?? [];
  const forms = new Map<string, Buffer>([
    ["UTF-8", bytes],
    ["UTF-8 in capitals", Buffer.from(mark.toUpperCase())],
    ["UTF-16LE", Buffer.from(mark, "utf16le")],
    ["UTF-16BE", Buffer.from(mark, "utf16le").swap16()],
    ["hex", Buffer.from(hex)],
    ["hex in capitals", Buffer.from(hex.toUpperCase())],
    ["JSON escapes", Buffer.from(pairs.map((pair) => `\\u00${pair}`).join(""))],
    ["percent escapes", Buffer.from(pairs.map((pair) => `%${pair}`).join(""))],
    ["reversed", Buffer.from(bytes).reverse()],
  ]);
  for (const shift of [0, 1, 2]) forms.set(`base64, shifted by ${shift}`, base64At(bytes, shift));
  return forms;
}

/** What is the same in base64 whatever stands before and after; small letters need no + or /. */
function base64At(bytes: Buffer, shift: number): Buffer {
  const text = Buffer.concat([Buffer.alloc(shift), bytes])
    .toString("base64")
    .replace(/=+$/, "");
  const isWhole = (shift + bytes.length) % 3 === 0;
  return Buffer.from(text.slice(Math.ceil((shift * 4) / 3), isWhole ? undefined : -1));
}

/** Every file below a folder; those that go away meanwhile are left out. */
export function filesBelow(folder: string): string[] {
  return namesBelow(folder)
    .map((name) => join(folder, name))
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile() === true);
}

/** A folder that goes away in the middle of the walk ends it: then it is walked again. */
function namesBelow(folder: string): string[] {
  for (let walk = 1; ; walk += 1) {
    try {
      return readdirSync(folder, { recursive: true, encoding: "utf8" });
    } catch (error) {
      if (!isGone(error) || walk === walksMax) throw error;
    }
  }
}

/** Reads every byte of the files and tells which hold a secret, and in which form. */
export function scanFiles(canaries: Canaries, files: readonly string[]): Finding[] {
  const forms = canaries.forms();
  return files.flatMap((file) =>
    [...formsIn(file, forms)].map((form): Finding => ({ file, form })),
  );
}

/** Other tests drop databases beside ours meanwhile: what is gone holds nothing. */
function openIfThere(file: string): number | undefined {
  try {
    return openSync(file, "r");
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

function isGone(error: unknown): boolean {
  return (error as { code?: string }).code === "ENOENT";
}

function formsIn(file: string, forms: ReadonlyMap<string, Buffer>): ReadonlySet<string> {
  const found = new Set<string>();
  const buffer = Buffer.alloc(chunkBytes);
  const descriptor = openIfThere(file);
  if (descriptor === undefined) return found;
  try {
    for (let at = 0; ; at += chunkBytes - overlapBytes) {
      const length = readSync(descriptor, buffer, 0, chunkBytes, at);
      const chunk = buffer.subarray(0, length);
      for (const [name, form] of forms) if (chunk.includes(form)) found.add(name);
      if (length < chunkBytes) return found;
    }
  } finally {
    closeSync(descriptor);
  }
}
