import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import type { ProbeResult } from "../house.ts";
import { tlsProbe } from "./check-tls.ts";
import { type CertificateWish, makeCertificate } from "./test-certificate.ts";

const folder = mkdtempSync(join(tmpdir(), "foyer-tls-"));
after(() => rmSync(folder, { recursive: true }));

const dayMs = 86_400_000;
const now = Date.UTC(2027, 0, 15);
const clock = { now: () => now, monotonic: () => 0 };
const key = generateKeyPairSync("ec", { namedCurve: "P-256" });
const certificateFile = join(folder, "chain.pem");
const keyFile = join(folder, "key.pem");

const good: CertificateWish = {
  key,
  issuer: "An authority",
  subject: "inbox.example.com",
  hosts: ["inbox.example.com", "*.wild.example.com"],
  validFrom: now - dayMs,
  validTo: now + 90 * dayMs,
};

const sealing = { cipher: "aes-256-cbc", passphrase: "sealed" } as const;

function check(
  wish: Partial<CertificateWish> = {},
  publicUrl = "https://inbox.example.com",
): Promise<ProbeResult> {
  const whole = { ...good, ...wish };
  writeFileSync(certificateFile, makeCertificate(whole));
  writePrivateKey(whole.key.privateKey.export({ type: "pkcs8", format: "pem" }));
  return probe(publicUrl);
}

function writePrivateKey(text: string | Buffer): void {
  writeFileSync(keyFile, text, { mode: 0o600 });
}

function probe(publicUrl = "https://inbox.example.com"): Promise<ProbeResult> {
  const tls = { certificateFile, keyFile };
  const listener = { host: "0.0.0.0", port: 443, publicUrl, publicUrlGiven: true, tls };
  return tlsProbe({ ...listener, trustedProxies: [] }, clock).check();
}

async function assertFound(found: Promise<ProbeResult>, state: string, says: RegExp) {
  const result = await found;
  assert.equal(result.state, state, result.says);
  assert.match(result.says, says);
  assert.ok(state === "good" || result.mend);
}

describe("doctor finds of a certificate", () => {
  test("nothing to mend where host, dates and key are right", async () => {
    await assertFound(check(), "good", /covers inbox\.example\.com for 90 more days/);
    await assertFound(check({}, "https://a.wild.example.com"), "good", /covers a\.wild/);
  });

  test("that it is for another host", () =>
    assertFound(check({}, "https://desk.example.com"), "bad", /does not cover desk/));

  test("that it does not cover an address it does not name", () =>
    assertFound(check({}, "https://127.0.0.1"), "bad", /does not cover 127/));

  test("that it ended, ends soon, or has not begun", async () => {
    await assertFound(check({ validTo: now - 1000 }), "bad", /ended on/);
    await assertFound(check({ validTo: now + 3.5 * dayMs }), "warning", /ends in 3 days/);
    await assertFound(check({ validFrom: now + 1000 }), "bad", /begins to be valid/);
  });

  test("that the private key is another's", async () => {
    await check();
    const other = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
    writePrivateKey(other.export({ type: "pkcs8", format: "pem" }));
    await assertFound(probe(), "bad", /do not belong together/);
  });

  test("that its key is weak", async () => {
    const rsa = generateKeyPairSync("rsa", { modulusLength: 1024 });
    await assertFound(check({ key: rsa }), "bad", /only 1024 bits/);
    const curve = generateKeyPairSync("ec", { namedCurve: "secp224r1" });
    await assertFound(check({ key: curve }), "bad", /weak curve/);
  });

  test("that it is signed by itself", () =>
    assertFound(check({ issuer: good.subject }), "warning", /signed by itself/));
});

describe("doctor finds of the TLS files", () => {
  test("that others can read the key", async () => {
    await check();
    chmodSync(keyFile, 0o640);
    await assertFound(probe(), "bad", /others can read the private key/);
    chmodSync(keyFile, 0o600);
  });

  test("that the key needs a passphrase", async () => {
    await check();
    const pem = key.privateKey.export({ type: "pkcs8", format: "pem", ...sealing });
    writePrivateKey(pem);
    await assertFound(probe(), "bad", /needs a passphrase/);
  });

  test("that they hold something else, or are missing", async () => {
    await check();
    writePrivateKey("no key");
    await assertFound(probe(), "bad", /holds no private key/);
    writeFileSync(certificateFile, "no certificate");
    await assertFound(probe(), "bad", /holds no certificate/);
    rmSync(certificateFile);
    await assertFound(probe(), "bad", /cannot read .*chain\.pem/);
  });
});
