import { createHash, createSecretKey, type KeyObject, randomBytes } from "node:crypto";
import { z } from "zod";
import { isId, mintId } from "../ids.ts";
import { keyBytes } from "./aead.ts";
import { KeyServiceFault } from "./key-service.ts";

/**
 * The key file: one line with name, version and the SHA-256 of everything after it, then JSON.
 * The sum tells a damaged file before anybody uses a damaged key; it is no defence against
 * somebody who can write the file, who could as well write keys of his own.
 */
const magic = "foyer-keys";
const version = 1;
const headerShape = /^foyer-keys (\d{1,9}) ([0-9a-f]{64})\n/;
const headerCharsMax = 100;

/** The key of one tenant, as the file holds it. */
export interface TenantKey {
  readonly id: string;
  readonly key: KeyObject;
  readonly createdAt: number;
}

/** All that a key file holds. A tenant is in `tenants` or in `tombstones`, never in both. */
export interface KeyFileState {
  readonly installation: TenantKey;
  readonly tenants: ReadonlyMap<string, TenantKey>;
  /** When the key of a tenant was destroyed, by tenant id. Entries stay for good. */
  readonly tombstones: ReadonlyMap<string, number>;
}

const idSchema = z.string().refine(isId);
const instantSchema = z.int().nonnegative();
const keySchema = z.strictObject({
  id: idSchema,
  key: z.base64().length(Math.ceil(keyBytes / 3) * 4),
  createdAt: instantSchema,
});
const bodySchema = z.strictObject({
  installation: keySchema,
  tenants: z.array(keySchema.extend({ tenantId: idSchema })),
  tombstones: z.array(z.strictObject({ tenantId: idSchema, destroyedAt: instantSchema })),
});

/** A new random key. */
export function mintTenantKey(now: number): TenantKey {
  const bytes = randomBytes(keyBytes);
  const key = createSecretKey(bytes);
  bytes.fill(0);
  return { id: mintId(now), key, createdAt: now };
}

/** A key file's content as it is on the first day. */
export function emptyKeyFile(now: number): KeyFileState {
  return { installation: mintTenantKey(now), tenants: new Map(), tombstones: new Map() };
}

/** The bytes of a key file. The caller zeroes them after use. */
export function encodeKeyFile(state: KeyFileState): Buffer {
  const body = {
    installation: encodeKey(state.installation),
    tenants: [...state.tenants].map(([tenantId, key]) => ({ tenantId, ...encodeKey(key) })),
    tombstones: [...state.tombstones].map(([tenantId, destroyedAt]) => ({
      tenantId,
      destroyedAt,
    })),
  };
  const text = `${JSON.stringify(body, null, 1)}\n`;
  return Buffer.from(`${magic} ${version} ${sha256(text)}\n${text}`);
}

/**
 * Reads the bytes of a key file.
 * @throws {KeyServiceFault} `damaged` or `newer`.
 */
export function decodeKeyFile(bytes: Buffer): KeyFileState {
  const header = headerShape.exec(bytes.toString("latin1", 0, headerCharsMax));
  if (header === null) throw damaged("it does not begin as a key file does");
  if (Number(header[1]) !== version) throw new KeyServiceFault("newer", "start that version");
  const body = bytes.subarray(header[0].length);
  if (sha256(body) !== header[2]) throw damaged("its checksum does not fit its content");
  return decodeBody(body);
}

function decodeBody(bytes: Buffer): KeyFileState {
  const parsed = bodySchema.safeParse(parseJson(bytes));
  if (!parsed.success) throw damaged("its content is incomplete");
  const { installation, tenants, tombstones } = parsed.data;
  const state = {
    installation: decodeKey(installation),
    tenants: new Map(tenants.map((tenant) => [tenant.tenantId, decodeKey(tenant)])),
    tombstones: new Map(tombstones.map((each) => [each.tenantId, each.destroyedAt])),
  };
  for (const tenantId of state.tombstones.keys()) {
    if (state.tenants.has(tenantId)) throw damaged("it holds a key that was destroyed");
  }
  return state;
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    // What the parser says quotes the text, which is made of keys.
    throw damaged("its content is incomplete");
  }
}

function encodeKey(key: TenantKey): z.infer<typeof keySchema> {
  const bytes = key.key.export();
  const text = bytes.toString("base64");
  bytes.fill(0);
  return { id: key.id, key: text, createdAt: key.createdAt };
}

function decodeKey(entry: z.infer<typeof keySchema>): TenantKey {
  const bytes = Buffer.from(entry.key, "base64");
  const key = createSecretKey(bytes);
  bytes.fill(0);
  return { id: entry.id, key, createdAt: entry.createdAt };
}

function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

function damaged(detail: string): KeyServiceFault {
  return new KeyServiceFault(
    "damaged",
    `${detail}. Stop Foyer, keep the file, and import the newest sealed export into an empty ` +
      "folder",
  );
}
