import { createHash, createSecretKey, randomBytes, randomUUID } from "node:crypto";
import { hashRaw } from "@node-rs/argon2";
import { z } from "zod";
import { keyBytes } from "./aead.ts";
import { decodeKeyFile, encodeKeyFile, type KeyFileState } from "./key-file-format.ts";
import { KeyFileStore } from "./key-file-store.ts";
import { nextNonce } from "./nonces.ts";
import { BoxBroken, openBox, type SealingKey, sealBox, sealingKey } from "./sealed-box.ts";

/** Characters that a passphrase has at least. Five random words have more. */
export const passphraseCharsMin = 16;
/** Characters that a passphrase has at most. */
export const passphraseCharsMax = 1024;
/** Bytes of the largest sealed export that is read. */
export const sealedExportBytesMax = 64 * 1024 * 1024;

/** Cost of one guess at the passphrase: Argon2id (RFC 9106), most of a second of one core. */
const cost = { memoryKiB: 256 * 1024, passes: 4, lanes: 4 } as const;
/** Cost that an export may demand when it is read, so that a forged one cannot exhaust memory. */
const costMax = { memoryKiB: 1024 * 1024, passes: 16, lanes: 16 } as const;
const saltBytes = 16;
/** The number of Argon2id among the library's algorithms, an erased `const enum`. */
const argon2id = 2;

const magic = "foyer-sealed-export";
const version = 1;
const headerShape = /^foyer-sealed-export (\d{1,9}) ([0-9a-f]{64})\n/;
const headerCharsMax = 120;

const derivationSchema = z.strictObject({
  name: z.literal("argon2id"),
  memoryKiB: z.int().min(8).max(costMax.memoryKiB),
  passes: z.int().min(1).max(costMax.passes),
  lanes: z.int().min(1).max(costMax.lanes),
  salt: z.base64().min(1).max(256),
});
const bodySchema = z.strictObject({
  exportId: z.uuid(),
  derivation: derivationSchema,
  sealed: z.base64().min(1),
});
type Derivation = z.infer<typeof derivationSchema>;

/** Why an export was not made or not read: the closed set. */
export type SealedExportReason = keyof typeof reasons;

const reasons = {
  passphrase_length: `a passphrase has ${passphraseCharsMin} to ${passphraseCharsMax} characters`,
  passphrase_wrong: "the passphrase is not the one that the export was sealed under",
  damaged: "the export is damaged or incomplete; use another copy of it",
  newer: "the export was made by a newer version of Foyer; import it with that version",
  other_installation:
    "the export belongs to another installation, and this one already holds keys; import it " +
    "into an empty key folder",
  conflict: "the export holds another key for a tenant that already has one",
} as const;

/** An export that cannot be made or read. No message holds an id or a key. */
export class SealedExportFault extends Error {
  readonly reason: SealedExportReason;

  constructor(reason: SealedExportReason) {
    super(reasons[reason]);
    this.name = "SealedExportFault";
    this.reason = reason;
  }
}

/** What an import came to, in numbers of tenants. */
export interface ImportOutcome {
  /** Keys that were not here and are now. */
  readonly restored: number;
  /** Keys that were here already. */
  readonly present: number;
  /** Keys in the export whose tenant was destroyed here: they stay destroyed. */
  readonly refused: number;
  /** Keys here whose tenant the export knows as destroyed: destroyed now. */
  readonly destroyed: number;
}

/**
 * Seals the whole key file under a passphrase: the copy that a lost disk calls for.
 *
 * What it means for an erasure: Foyer destroys a tenant's key in the key file, and cannot reach an
 * export that left it earlier. Whoever holds such an export and its passphrase can still open that
 * tenant's backups, as long as backups from before the erasure exist. So keep exports few, make a
 * new one after each erasure, destroy the older ones, and let the certificate name the day until
 * which backups live.
 *
 * @param folder the key folder.
 * @throws {SealedExportFault} `passphrase_length`; {KeyServiceFault} as reading the file does.
 */
export async function sealExport(folder: string, passphrase: string): Promise<Buffer> {
  const secret = normalized(passphrase);
  const state = await new KeyFileStore(folder).read();
  const salt = randomBytes(saltBytes).toString("base64");
  const derivation: Derivation = { name: "argon2id", ...cost, salt };
  const exportId = randomUUID();
  const key = await stretch(secret, exportId, derivation);
  const content = encodeKeyFile(state);
  const sealed = sealBox(key, exportPlace(derivation), content, nextNonce());
  content.fill(0);
  const body = { exportId, derivation, sealed: sealed.toString("base64") };
  const text = `${JSON.stringify(body, null, 1)}\n`;
  return Buffer.from(`${magic} ${version} ${sha256(text)}\n${text}`);
}

/**
 * Brings the keys of a sealed export into a key folder. An empty folder (or one whose file has
 * never held a tenant) takes over everything; a folder of the same installation takes the keys
 * that it lacks. A tombstone wins on both sides: no import revives a destroyed key. What was
 * destroyed after the export was made, in a folder that is lost, only the erasures' own records
 * know: destroy those again before the first start.
 *
 * @throws {SealedExportFault}; {KeyServiceFault} as writing the key file does.
 */
export async function importSealedExport(
  folder: string,
  exported: Uint8Array,
  passphrase: string,
): Promise<ImportOutcome> {
  const imported = await openExport(exported, passphrase);
  let outcome: ImportOutcome | undefined;
  await new KeyFileStore(folder).update((current) => {
    const merged = mergeKeys(current, imported);
    outcome = merged.outcome;
    return merged.state;
  });
  if (outcome === undefined) throw new Error("the import was not applied");
  return outcome;
}

/** What a key file holds after an import, and what the import came to. */
export function mergeKeys(
  current: KeyFileState | undefined,
  imported: KeyFileState,
): { state: KeyFileState; outcome: ImportOutcome } {
  if (current === undefined || isUntouched(current)) {
    const restored = imported.tenants.size;
    return { state: imported, outcome: { restored, present: 0, refused: 0, destroyed: 0 } };
  }
  if (!isSameKey(current.installation, imported.installation)) {
    throw new SealedExportFault("other_installation");
  }
  const tombstones = new Map([...imported.tombstones, ...current.tombstones]);
  const tenants = new Map([...current.tenants].filter(([id]) => !tombstones.has(id)));
  const destroyed = current.tenants.size - tenants.size;
  const counts = { restored: 0, present: 0, refused: 0 };
  for (const [tenantId, key] of imported.tenants) {
    const existing = tenants.get(tenantId);
    if (tombstones.has(tenantId)) counts.refused += 1;
    else if (existing === undefined) {
      counts.restored += 1;
      tenants.set(tenantId, key);
    } else if (isSameKey(existing, key)) counts.present += 1;
    else throw new SealedExportFault("conflict");
  }
  const state = { installation: current.installation, tenants, tombstones };
  return { state, outcome: { ...counts, destroyed } };
}

async function openExport(exported: Uint8Array, passphrase: string): Promise<KeyFileState> {
  const secret = normalized(passphrase);
  const { exportId, derivation, sealed } = readContainer(exported);
  const key = await stretch(secret, exportId, derivation);
  const content = openContent(key, derivation, Buffer.from(sealed, "base64"));
  try {
    return decodeKeyFile(content);
  } finally {
    content.fill(0);
  }
}

/**
 * The checksum was right, so what was read is what was written: a commitment that does not fit
 * then means another passphrase, and anything else that somebody altered the file.
 */
function openContent(key: SealingKey, derivation: Derivation, sealed: Buffer): Buffer {
  try {
    return openBox(key, exportPlace(derivation), sealed);
  } catch (error) {
    if (!(error instanceof BoxBroken)) throw error;
    throw new SealedExportFault(error.flaw === "key" ? "passphrase_wrong" : "damaged");
  }
}

function readContainer(exported: Uint8Array): z.infer<typeof bodySchema> {
  if (exported.byteLength > sealedExportBytesMax) throw new SealedExportFault("damaged");
  const bytes = Buffer.from(exported.buffer, exported.byteOffset, exported.byteLength);
  const header = headerShape.exec(bytes.toString("latin1", 0, headerCharsMax));
  if (header === null) throw new SealedExportFault("damaged");
  if (Number(header[1]) !== version) throw new SealedExportFault("newer");
  const text = bytes.toString("utf8", header[0].length);
  if (sha256(text) !== header[2]) throw new SealedExportFault("damaged");
  const parsed = bodySchema.safeParse(parseJson(text));
  if (!parsed.success) throw new SealedExportFault("damaged");
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new SealedExportFault("damaged");
  }
}

async function stretch(
  secret: string,
  exportId: string,
  derivation: Derivation,
): Promise<SealingKey> {
  const bytes = await hashRaw(secret, {
    algorithm: argon2id,
    memoryCost: derivation.memoryKiB,
    timeCost: derivation.passes,
    parallelism: derivation.lanes,
    salt: Buffer.from(derivation.salt, "base64"),
    outputLen: keyBytes,
  });
  const key = sealingKey(exportId, createSecretKey(bytes));
  bytes.fill(0);
  return key;
}

/** The same passphrase gives the same key, whichever keyboard composed its accents. */
function normalized(passphrase: string): string {
  const text = passphrase.normalize("NFKC");
  const chars = [...text].length;
  if (chars < passphraseCharsMin || chars > passphraseCharsMax) {
    throw new SealedExportFault("passphrase_length");
  }
  return text;
}

function exportPlace(derivation: Derivation): readonly string[] {
  const { name, memoryKiB, passes, lanes, salt } = derivation;
  return ["sealed-export", name, `${memoryKiB}`, `${passes}`, `${lanes}`, salt];
}

function isUntouched(state: KeyFileState): boolean {
  return state.tenants.size === 0 && state.tombstones.size === 0;
}

function isSameKey(
  one: KeyFileState["installation"],
  other: KeyFileState["installation"],
): boolean {
  return one.id === other.id && one.key.equals(other.key);
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
