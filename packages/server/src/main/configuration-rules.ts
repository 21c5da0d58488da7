import { BlockList, isIP } from "node:net";
import { isAbsolute, relative, sep } from "node:path";
import type { Mistake } from "./configuration-mistake.ts";
import type { SettingKey, SettingValues } from "./settings.ts";

/** The values once each of them is well-formed, with the paths that every installation has. */
export type CheckedValues = SettingValues & { readonly home: string; readonly keys: string };

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

/** Whether a host means this machine only. A name other than localhost may lead anywhere. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[(.*)\]$/, "$1").toLowerCase();
  const family = isIP(bare);
  if (family === 0) return bare === "localhost";
  return loopback.check(bare, family === 4 ? "ipv4" : "ipv6");
}

/** Whether a host means every address of this machine, which no browser can open. */
export function isWildcard(host: string): boolean {
  return host === "0.0.0.0" || host === "::";
}

/** Whether a path is a folder itself or lies within it. */
export function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === "" || (way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

/**
 * What is wrong between settings that are each well-formed. A rule that reads a faulty one keeps
 * silent: it would complain of a default that nobody chose.
 */
export function checkRules(
  values: CheckedValues,
  faulty: ReadonlySet<SettingKey>,
): readonly Mistake[] {
  return rules
    .filter(({ reads }) => !reads.some((key) => faulty.has(key)))
    .flatMap(({ check }) => check(values) ?? []);
}

interface Rule {
  readonly reads: readonly SettingKey[];
  readonly check: (values: CheckedValues) => Mistake | undefined;
}

const tlsFiles = ["tlsCertificate", "tlsKey"] as const;

const rules: readonly Rule[] = [
  { reads: ["home", "keys"], check: keysApartFromHome },
  { reads: tlsFiles, check: tlsFilesTogether },
  { reads: ["host", "trustedProxies", ...tlsFiles], check: listenerEncrypted },
  { reads: ["host", "publicUrl", ...tlsFiles], check: publicUrlGivenWhereUnknown },
  { reads: ["publicUrl"], check: publicUrlEncrypted },
  { reads: ["twilioApiUrl"], check: twilioApiEncrypted },
  { reads: ["publicUrl", "trustedProxies", ...tlsFiles], check: publicUrlMatchesListener },
  { reads: ["filesOrigin"], check: filesOriginEncrypted },
  { reads: ["filesOrigin", "trustedProxies", ...tlsFiles], check: filesOriginMatchesListener },
  { reads: ["filesOrigin", "publicUrl", "trustedProxies"], check: filesOriginGivenBehindProxy },
  { reads: ["filesOrigin", "publicUrl", "filesPort", "port"], check: filesApart },
  { reads: ["databaseUrl", "databaseCa", "databasePoolMax"], check: databaseSettingsUsed },
  { reads: ["sessionIdleMinutes", "sessionAbsoluteHours"], check: idleWithinAbsolute },
  { reads: ["demo", "mode"], check: noDemoInProduction },
];

function keysApartFromHome({ home, keys }: CheckedValues): Mistake | undefined {
  if (!isWithin(keys, home) && !isWithin(home, keys)) return undefined;
  return {
    where: "FOYER_KEYS",
    says: "and FOYER_HOME lie one within the other",
    mend: "Choose two folders side by side: a copy of the data must not hold its keys.",
  };
}

function tlsFilesTogether({ tlsCertificate, tlsKey }: CheckedValues): Mistake | undefined {
  if ((tlsCertificate === undefined) === (tlsKey === undefined)) return undefined;
  const [given, missing] =
    tlsKey === undefined
      ? ["FOYER_TLS_CERTIFICATE", "FOYER_TLS_KEY"]
      : ["FOYER_TLS_KEY", "FOYER_TLS_CERTIFICATE"];
  return {
    where: given,
    says: `is set and ${missing} is not`,
    mend: "Set both for TLS, or neither.",
  };
}

function hasTls({ tlsCertificate, tlsKey }: CheckedValues): boolean {
  return tlsCertificate !== undefined || tlsKey !== undefined;
}

function listenerEncrypted(values: CheckedValues): Mistake | undefined {
  if (isLoopback(values.host) || hasTls(values) || values.trustedProxies.length > 0) return;
  return {
    where: "FOYER_HOST",
    says: `is ${values.host}, beyond this machine, without TLS`,
    mend: "Set FOYER_TLS_CERTIFICATE and FOYER_TLS_KEY, or name the proxy that ends TLS in FOYER_TRUSTED_PROXIES, or listen on 127.0.0.1.",
  };
}

function publicUrlGivenWhereUnknown(values: CheckedValues): Mistake | undefined {
  const isKnown = isLoopback(values.host) || (hasTls(values) && !isWildcard(values.host));
  if (values.publicUrl !== undefined || isKnown) return undefined;
  return {
    where: "FOYER_PUBLIC_URL",
    says: `is missing, and cannot be made of FOYER_HOST=${values.host}`,
    mend: "Set the address that browsers use, for example https://inbox.example.com.",
  };
}

function publicUrlEncrypted({ publicUrl }: CheckedValues): Mistake | undefined {
  return encrypted("FOYER_PUBLIC_URL", publicUrl, "sign-ins and guests' messages travel on it");
}

function twilioApiEncrypted({ twilioApiUrl }: CheckedValues): Mistake | undefined {
  return encrypted(
    "FOYER_TWILIO_API_URL",
    twilioApiUrl,
    "tokens and guests' messages travel on it",
  );
}

function filesOriginEncrypted({ filesOrigin }: CheckedValues): Mistake | undefined {
  return encrypted("FOYER_FILES_ORIGIN", filesOrigin, "guests' pictures travel on it");
}

function encrypted(where: string, address: string | undefined, why: string): Mistake | undefined {
  const url = address === undefined ? null : URL.parse(address);
  if (url === null || url.protocol === "https:" || isLoopback(url.hostname)) return undefined;
  return {
    where,
    says: "begins with http:// and leads beyond this machine",
    mend: `Use an https:// address; ${why}.`,
  };
}

function publicUrlMatchesListener(values: CheckedValues): Mistake | undefined {
  return matchesListener("FOYER_PUBLIC_URL", values.publicUrl, values);
}

function filesOriginMatchesListener(values: CheckedValues): Mistake | undefined {
  return matchesListener("FOYER_FILES_ORIGIN", values.filesOrigin, values);
}

/** A proxy leads to the files by a name of its own, and nobody but its owner knows which. */
function filesOriginGivenBehindProxy(values: CheckedValues): Mistake | undefined {
  const { publicUrl, filesOrigin, trustedProxies } = values;
  if (publicUrl === undefined || filesOrigin !== undefined || trustedProxies.length === 0) return;
  return {
    where: "FOYER_FILES_ORIGIN",
    says: "is missing, and cannot be made of FOYER_PUBLIC_URL behind a proxy",
    mend: "Set the address at which the proxy leads to FILES_PORT, for example https://files.example.net.",
  };
}

/** What guests sent must never be of the inbox's own origin. */
function filesApart(values: CheckedValues): Mistake | undefined {
  const { publicUrl, filesOrigin, port, filesPort } = values;
  if (filesOrigin !== undefined && filesOrigin === publicUrl) {
    const mend = "Give attachments an address of their own: nothing in one may act as the inbox.";
    return { where: "FOYER_FILES_ORIGIN", says: "is the same as FOYER_PUBLIC_URL", mend };
  }
  if (filesPort !== port || port === 0) return undefined;
  return {
    where: "FILES_PORT",
    says: "is the same as PORT",
    mend: "Choose another, or remove it.",
  };
}

/** The scheme that browsers see is made by somebody: Foyer itself, or a proxy that it knows. */
function matchesListener(
  where: string,
  address: string | undefined,
  values: CheckedValues,
): Mistake | undefined {
  if (address === undefined) return undefined;
  const isHttps = address.startsWith("https:");
  if (isHttps && !hasTls(values) && values.trustedProxies.length === 0) {
    return {
      where,
      says: "begins with https:// and nothing here ends TLS",
      mend: "Set the TLS files, or name the proxy that ends TLS in FOYER_TRUSTED_PROXIES.",
    };
  }
  if (isHttps || !hasTls(values)) return undefined;
  return {
    where,
    says: "begins with http:// and the listener speaks TLS",
    mend: "Write https://, or remove the TLS files.",
  };
}

function databaseSettingsUsed(values: CheckedValues): Mistake | undefined {
  if (values.databaseUrl !== undefined) return undefined;
  const idle = [
    ...(values.databaseCa === undefined ? [] : ["FOYER_DATABASE_CA"]),
    ...(values.databasePoolMax === undefined ? [] : ["FOYER_DATABASE_POOL_MAX"]),
  ];
  if (idle.length === 0) return undefined;
  return {
    where: idle.join(" and "),
    says: "has no effect on the embedded database",
    mend: "Set FOYER_DATABASE_URL to use a database server, or remove it.",
  };
}

function idleWithinAbsolute(values: CheckedValues): Mistake | undefined {
  if (values.sessionIdleMinutes <= values.sessionAbsoluteHours * 60) return undefined;
  return {
    where: "FOYER_SESSION_IDLE_MINUTES",
    says: `is longer than the ${values.sessionAbsoluteHours} hours of FOYER_SESSION_ABSOLUTE_HOURS`,
    mend: "Shorten the one or lengthen the other.",
  };
}

function noDemoInProduction({ demo, mode }: CheckedValues): Mistake | undefined {
  if (!demo || mode !== "production") return undefined;
  return {
    where: "FOYER_DEMO",
    says: "is on in production, and everybody knows the demo's sign-in",
    mend: "Remove it, or show the demo from an installation of its own.",
  };
}
