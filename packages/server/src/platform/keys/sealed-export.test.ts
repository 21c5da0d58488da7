import assert from "node:assert/strict";
import { createHash, createSecretKey, randomBytes, randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import fc from "fast-check";
import { systemClock as clock } from "../clock.ts";
import { openKeyFile } from "./key-file.ts";
import { emptyKeyFile, type KeyFileState, mintTenantKey } from "./key-file-format.ts";
import { keyFileName } from "./key-file-store.ts";
import {
  importSealedExport,
  mergeKeys,
  SealedExportFault,
  type SealedExportReason,
  sealExport,
} from "./sealed-export.ts";

const passphrase = "correct horse battery staple";
const root = await mkdtemp(join(tmpdir(), "foyer-export-"));
after(() => rm(root, { recursive: true }));
const newFolder = () => join(root, `keys-${randomUUID()}`);
const create = (folder: string) => openKeyFile({ folder, clock, ifMissing: "create" });
const faultOf = (reason: SealedExportReason) => (error: unknown) =>
  error instanceof SealedExportFault && error.reason === reason;

async function folderWithTenants(): Promise<{ folder: string; kept: string; erased: string }> {
  const folder = newFolder();
  const keys = await create(folder);
  const [kept, erased] = [randomUUID(), randomUUID()];
  await keys.createTenantKey(kept);
  await keys.createTenantKey(erased);
  return { folder, kept, erased };
}

const context = { dataKeyId: randomUUID(), purpose: "field" };

describe("a sealed export", () => {
  it("brings every key back into an empty folder", async () => {
    const { folder, kept } = await folderWithTenants();
    const before = await create(folder);
    const key = createSecretKey(randomBytes(32));
    const wrapped = await before.wrap(kept, context, key);
    const exported = await sealExport(folder, passphrase);
    assert.ok(!exported.includes(kept));

    const rescued = newFolder();
    const outcome = await importSealedExport(rescued, exported, passphrase);
    assert.deepEqual(outcome, { restored: 2, present: 0, refused: 0, destroyed: 0 });
    const keys = await openKeyFile({ folder: rescued, clock, ifMissing: "refuse" });
    assert.ok(key.equals(await keys.unwrap(kept, context, wrapped)));
    const purpose = "directory.session";
    const session = await keys.installationKey(purpose);
    assert.ok(session.equals(await before.installationKey(purpose)));
  });

  it("never revives a key that was destroyed after it was made", async () => {
    const { folder, erased } = await folderWithTenants();
    const exported = await sealExport(folder, passphrase);
    const keys = await create(folder);
    await keys.destroyTenantKey(erased);
    const outcome = await importSealedExport(folder, exported, passphrase);
    assert.deepEqual(outcome, { restored: 0, present: 1, refused: 1, destroyed: 0 });
    assert.equal(await keys.describe(erased), "destroyed");
  });

  it("is refused by another installation that holds keys", async () => {
    const { folder } = await folderWithTenants();
    const exported = await sealExport(folder, passphrase);
    const other = await folderWithTenants();
    const refused = importSealedExport(other.folder, exported, passphrase);
    await assert.rejects(refused, faultOf("other_installation"));
  });

  it("tells a wrong passphrase from a damaged file", async () => {
    const { folder } = await folderWithTenants();
    const exported = await sealExport(folder, passphrase);
    const target = newFolder();
    const wrong = importSealedExport(target, exported, "correct horse battery stable");
    await assert.rejects(wrong, faultOf("passphrase_wrong"));
    for (const at of [0, 30, 100, exported.length >> 1, exported.length - 2]) {
      const hit = Buffer.from(exported);
      hit[at] = (hit[at] ?? 0) ^ 1;
      await assert.rejects(importSealedExport(target, hit, passphrase), faultOf("damaged"));
    }
    const cut = exported.subarray(0, exported.length - 50);
    await assert.rejects(importSealedExport(target, cut, passphrase), faultOf("damaged"));
    await assert.rejects(openKeyFile({ folder: target, clock, ifMissing: "refuse" }));
  });

  it("that somebody altered and summed anew does not open", async () => {
    const { folder } = await folderWithTenants();
    const text = (await sealExport(folder, passphrase)).toString("utf8");
    const altered = resummed(text, (body) => {
      const sealed = Buffer.from(`${body["sealed"]}`, "base64");
      sealed[sealed.length - 1] = (sealed[sealed.length - 1] ?? 0) ^ 1;
      return { ...body, sealed: sealed.toString("base64") };
    });
    await assert.rejects(importSealedExport(newFolder(), altered, passphrase), faultOf("damaged"));
    const costly = resummed(text, (body) => {
      const derivation = Object.assign({}, body["derivation"], { memoryKiB: 2 ** 31 });
      return { ...body, derivation };
    });
    await assert.rejects(importSealedExport(newFolder(), costly, passphrase), faultOf("damaged"));
  });

  it("takes a passphrase whichever way its accents are composed, and no short one", async () => {
    const { folder } = await folderWithTenants();
    const exported = await sealExport(folder, "schlüsselübergabe am tor".normalize("NFC"));
    await importSealedExport(newFolder(), exported, "schlüsselübergabe am tor".normalize("NFD"));
    for (const short of ["", "fifteen letters", "🗝️🗝️🗝️🗝️"]) {
      await assert.rejects(sealExport(folder, short), faultOf("passphrase_length"));
    }
    await assert.rejects(sealExport(folder, "x".repeat(1025)), faultOf("passphrase_length"));
  });

  it("is not made of a damaged key file", async () => {
    const { folder } = await folderWithTenants();
    await writeFile(join(folder, keyFileName), "foyer-keys");
    await assert.rejects(sealExport(folder, passphrase), /damaged/);
  });
});

function resummed(
  text: string,
  alter: (body: Record<string, unknown>) => Record<string, unknown>,
): Buffer {
  const body: Record<string, unknown> = JSON.parse(text.slice(text.indexOf("\n")));
  const altered = JSON.stringify(alter(body));
  const sum = createHash("sha256").update(altered).digest("hex");
  return Buffer.from(`foyer-sealed-export 1 ${sum}\n${altered}`);
}

describe("merging an export into what is here", () => {
  const tenantIds = Array.from({ length: 6 }, () => randomUUID());
  const keysById = new Map(tenantIds.map((id) => [id, mintTenantKey(0)]));
  const installation = emptyKeyFile(0).installation;
  const fates = fc.constantFrom("absent", "active", "destroyed");
  const anyState = fc.array(fates, { minLength: 6, maxLength: 6 }).map(
    (drawn): KeyFileState => ({
      installation,
      tenants: new Map([...keysById].filter((_, at) => drawn[at] === "active")),
      tombstones: new Map(
        tenantIds.filter((_, at) => drawn[at] === "destroyed").map((id) => [id, 1]),
      ),
    }),
  );

  it("keeps every tombstone of both sides, and every key that neither destroyed", () => {
    fc.assert(
      fc.property(anyState, anyState, (current, imported) => {
        const { state } = mergeKeys(current, imported);
        for (const id of tenantIds) {
          const destroyed = current.tombstones.has(id) || imported.tombstones.has(id);
          const known = current.tenants.has(id) || imported.tenants.has(id);
          assert.equal(state.tombstones.has(id), destroyed);
          assert.equal(state.tenants.has(id), known && !destroyed);
        }
      }),
    );
  });

  it("refuses another key for a tenant that has one", () => {
    const id = randomUUID();
    const stateWith = (): KeyFileState => ({
      installation,
      tenants: new Map([[id, mintTenantKey(0)]]),
      tombstones: new Map(),
    });
    assert.throws(() => mergeKeys(stateWith(), stateWith()), faultOf("conflict"));
  });
});
