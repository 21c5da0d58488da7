import { type KeyObject, sign } from "node:crypto";

/** What a test wants of a certificate. */
export interface CertificateWish {
  readonly key: { readonly publicKey: KeyObject; readonly privateKey: KeyObject };
  readonly issuer: string;
  readonly subject: string;
  /** Names that it covers (subjectAltName, dNSName). */
  readonly hosts: readonly string[];
  readonly validFrom: number;
  readonly validTo: number;
}

const tags = {
  integer: 0x02,
  bits: 0x03,
  octets: 0x04,
  objectId: 0x06,
  utf8: 0x0c,
  time: 0x18,
  sequence: 0x30,
  set: 0x31,
  version: 0xa0,
  extensions: 0xa3,
  dnsName: 0x82,
} as const;

/** One value in DER (X.690): tag, length, content. */
function der(tag: number, ...content: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  const { length } = body;
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), body]);
}

const objectIds = {
  sha256WithRsa: "2a864886f70d01010b",
  ecdsaWithSha256: "2a8648ce3d040302",
  commonName: "550403",
  subjectAltName: "551d11",
} as const;

function objectId(name: keyof typeof objectIds): Buffer {
  return der(tags.objectId, Buffer.from(objectIds[name], "hex"));
}

function makeName(text: string): Buffer {
  const value = der(tags.utf8, Buffer.from(text));
  return der(tags.sequence, der(tags.set, der(tags.sequence, objectId("commonName"), value)));
}

function makeTime(instant: number): Buffer {
  const text = new Date(instant).toISOString().replace(/[-:T]/g, "").slice(0, 14);
  return der(tags.time, Buffer.from(`${text}Z`));
}

/** A version 3 certificate (RFC 5280) as PEM, signed with its own key. */
export function makeCertificate(wish: CertificateWish): string {
  const { publicKey, privateKey } = wish.key;
  const isRsa = publicKey.asymmetricKeyType === "rsa";
  const algorithm = der(
    tags.sequence,
    objectId(isRsa ? "sha256WithRsa" : "ecdsaWithSha256"),
    ...(isRsa ? [Buffer.from([0x05, 0x00])] : []),
  );
  const names = wish.hosts.map((host) => der(tags.dnsName, Buffer.from(host)));
  const alternatives = der(tags.octets, der(tags.sequence, ...names));
  const body = der(
    tags.sequence,
    der(tags.version, der(tags.integer, Buffer.from([2]))),
    der(tags.integer, Buffer.from([1])),
    algorithm,
    makeName(wish.issuer),
    der(tags.sequence, makeTime(wish.validFrom), makeTime(wish.validTo)),
    makeName(wish.subject),
    publicKey.export({ type: "spki", format: "der" }),
    der(
      tags.extensions,
      der(tags.sequence, der(tags.sequence, objectId("subjectAltName"), alternatives)),
    ),
  );
  const signature = der(tags.bits, Buffer.from([0]), sign("sha256", body, privateKey));
  const whole = der(tags.sequence, body, algorithm, signature).toString("base64");
  const lines = whole.match(/.{1,64}/g) ?? [];
  return ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n");
}
