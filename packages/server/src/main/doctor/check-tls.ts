import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { isIP } from "node:net";
import type { Clock } from "../../platform/clock.ts";
import type { ListenerConfiguration } from "../configuration.ts";
import type { Probe, ProbeResult } from "../house.ts";

const othersMask = 0o077;
const dayMs = 86_400_000;
/** Renewals run monthly at the latest; with fewer days left one of them has failed. */
const renewalDaysMin = 14;
/** NIST SP 800-57 part 1: what is still strong enough. */
const rsaBitsMin = 2048;
const weakCurves: ReadonlySet<string> = new Set(["secp192k1", "prime192v1", "secp224r1"]);

/** The certificate that the listener shows, and its key. */
export function tlsProbe(listener: ListenerConfiguration, clock: Clock): Probe {
  return {
    name: "TLS",
    check: async () => {
      const { tls, publicUrl } = listener;
      if (tls === undefined) return { state: "good", says: "is not used by this listener" };
      const certificate = await readCertificate(tls.certificateFile);
      if (!(certificate instanceof X509Certificate)) return certificate;
      const key = await readKey(tls.keyFile);
      if ("state" in key) return key;
      const host = new URL(publicUrl).hostname.replace(/^\[(.*)\]$/, "$1");
      return judge(certificate, key, host, clock.now());
    },
  };
}

async function readCertificate(file: string): Promise<X509Certificate | ProbeResult> {
  const text = await readText(file, "FOYER_TLS_CERTIFICATE");
  if (typeof text !== "string") return text;
  try {
    return new X509Certificate(text);
  } catch {
    return bad(`${file} holds no certificate`, "Set FOYER_TLS_CERTIFICATE to a PEM file.");
  }
}

async function readKey(file: string): Promise<KeyObject | ProbeResult> {
  const text = await readText(file, "FOYER_TLS_KEY");
  if (typeof text !== "string") return text;
  if (((await stat(file)).mode & othersMask) !== 0) {
    return bad(`others can read the private key ${file}`, `Run: chmod 600 ${file}`);
  }
  if (sealedKey.test(text)) {
    return bad(`${file} needs a passphrase`, "Store it without one, readable by Foyer alone.");
  }
  try {
    return createPrivateKey(text);
  } catch {
    return bad(`${file} holds no private key`, "Set FOYER_TLS_KEY to a PEM file.");
  }
}

/** How an encrypted key says so: RFC 7468 §11 today, RFC 1421 in older files. */
const sealedKey = /^-----BEGIN ENCRYPTED PRIVATE KEY-----|^Proc-Type: 4,ENCRYPTED/m;

async function readText(file: string, setting: string): Promise<string | ProbeResult> {
  try {
    return await readFile(file, "utf8");
  } catch {
    return bad(`cannot read ${file}`, `Set ${setting} to a file that this account can read.`);
  }
}

function judge(
  certificate: X509Certificate,
  key: KeyObject,
  host: string,
  now: number,
): ProbeResult {
  const daysLeft = Math.floor((certificate.validToDate.getTime() - now) / dayMs);
  if (!certificate.checkPrivateKey(key)) {
    return bad("certificate and private key do not belong together", "Set a matching pair.");
  }
  if (certificate.validFromDate.getTime() > now) {
    return bad(`begins to be valid on ${certificate.validFrom}`, "Check the clock; else wait.");
  }
  if (daysLeft < 0) return bad(`ended on ${certificate.validTo}`, "Renew the certificate.");
  if (!covers(certificate, host)) {
    return bad(`does not cover ${host}`, "Get a certificate for the host of FOYER_PUBLIC_URL.");
  }
  const weakness = findWeakness(certificate.publicKey);
  if (weakness !== undefined) return bad(weakness, "Make a new key: EC P-256 or RSA 3072.");
  if (daysLeft < renewalDaysMin) {
    return warn(`ends in ${daysLeft} days`, "Renew it, and see why nothing renewed it by itself.");
  }
  if (certificate.checkIssued(certificate)) {
    return warn(
      "is signed by itself",
      "Browsers refuse it unless each of them is told to trust it.",
    );
  }
  return { state: "good", says: `covers ${host} for ${daysLeft} more days` };
}

function covers(certificate: X509Certificate, host: string): boolean {
  const found = isIP(host) === 0 ? certificate.checkHost(host) : certificate.checkIP(host);
  return found !== undefined;
}

function findWeakness(key: KeyObject): string | undefined {
  const { modulusLength, namedCurve } = key.asymmetricKeyDetails ?? {};
  if (modulusLength !== undefined && modulusLength < rsaBitsMin) {
    return `its key has only ${modulusLength} bits`;
  }
  return namedCurve !== undefined && weakCurves.has(namedCurve)
    ? `its key is on the weak curve ${namedCurve}`
    : undefined;
}

function bad(says: string, mend: string): ProbeResult {
  return { state: "bad", says, mend };
}

function warn(says: string, mend: string): ProbeResult {
  return { state: "warning", says, mend };
}
