import { join, resolve } from "node:path";
import type { LogLevel } from "../platform/log.ts";
import { type Mistake, quoteValue } from "./configuration-mistake.ts";
import { type CheckedValues, checkRules, isLoopback } from "./configuration-rules.ts";
import { Secret } from "./configuration-secret.ts";
import {
  type Environment,
  type GivenValue,
  readEnvironment,
  readFile,
} from "./configuration-sources.ts";
import {
  type AnySetting,
  type Mode,
  type Role,
  type SettingKey,
  type SettingValues,
  settingEntries,
  settings,
} from "./settings.ts";

/** Where the server listens, and how it is reached. */
export interface ListenerConfiguration {
  readonly host: string;
  /** 0 takes any free port; then the real one is known only after listening. */
  readonly port: number;
  /** The origin that browsers use, without a slash at its end. */
  readonly publicUrl: string;
  /** False when it was made of host and port, so that port 0 still has to be put right in it. */
  readonly publicUrlGiven: boolean;
  readonly tls: { readonly certificateFile: string; readonly keyFile: string } | undefined;
  /** Addresses and CIDR ranges whose forwarding headers are believed. Empty: nobody's. */
  readonly trustedProxies: readonly string[];
}

/** Where attachments are served: on the listener's host, with its certificate, apart from it. */
export interface FilesConfiguration {
  /** Where their sealed bytes lie. */
  readonly folder: string;
  /** 0 takes any free port; then the real one is known only after listening. */
  readonly port: number;
  /** Where browsers and providers fetch attachments, without a slash at its end. */
  readonly origin: string;
  /** False when it was made of the public URL and the port. */
  readonly originGiven: boolean;
}

export interface SqliteConfiguration {
  readonly engine: "sqlite";
  readonly file: string;
}

export interface MysqlConfiguration {
  readonly engine: "mysql";
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: Secret;
  readonly database: string;
  /** Whether the connection is encrypted and the server's certificate checked. */
  readonly tls: boolean;
  /** PEM of the authority to check it with; the well-known ones if undefined. */
  readonly caFile: string | undefined;
  readonly poolMax: number;
}

/** Everything that whoever runs Foyer decided, checked once and never changed after. */
export interface Configuration {
  readonly mode: Mode;
  /** The file that it came from, beside the environment. */
  readonly file: string | undefined;
  readonly home: string;
  readonly keys: string;
  readonly listener: ListenerConfiguration;
  readonly files: FilesConfiguration;
  readonly database: SqliteConfiguration | MysqlConfiguration;
  readonly roles: readonly Role[];
  readonly log: { readonly level: LogLevel };
  readonly demo: boolean;
  readonly session: { readonly idleMs: number; readonly absoluteMs: number };
  readonly twilio: { readonly apiUrl: string };
}

export type LoadedConfiguration =
  | { readonly configuration: Configuration; readonly mistakes?: never }
  | { readonly mistakes: readonly Mistake[]; readonly configuration?: never };

const poolMaxDefault = 10;
const portsMax = 65_536;
const minuteMs = 60_000;
const hourMs = 3_600_000;

/**
 * Reads environment and file, the environment winning, and checks all of it: either a frozen
 * configuration or every mistake at once. Touches nothing but the configuration file, and never
 * throws.
 *
 * @param environment the variables, as `process.env` has them
 * @param cwd the folder from which paths in the environment count; absolute
 */
export function loadConfiguration(environment: Environment, cwd: string): LoadedConfiguration {
  const fromEnvironment = readEnvironment(environment, cwd);
  const named = fromEnvironment.given.find(({ key }) => key === "configuration")?.value;
  const fromFile = readFile(typeof named === "string" ? named : undefined, cwd);
  const checked = checkValues([...fromFile.given, ...fromEnvironment.given], cwd);
  const mistakes = [...fromEnvironment.mistakes, ...fromFile.mistakes, ...checked.mistakes];
  mistakes.push(...checkRules(checked.values, checked.faulty));
  if (mistakes.length > 0) return { mistakes };
  return { configuration: deepFreeze(build(checked.values, fromFile.file)) };
}

interface Checked {
  readonly values: CheckedValues;
  readonly mistakes: readonly Mistake[];
  /** The settings whose values were refused, so that their defaults stand in. */
  readonly faulty: ReadonlySet<SettingKey>;
}

/** Later values win over earlier ones of the same setting; each is checked all the same. */
function checkValues(given: readonly GivenValue[], cwd: string): Checked {
  const values: Record<string, unknown> = readDefaults(cwd);
  const mistakes: Mistake[] = [];
  const faulty = new Set<SettingKey>();
  for (const one of given) {
    const setting: AnySetting = settings[one.key];
    const outcome = setting.schema.safeParse(one.value);
    if (outcome.success) {
      values[one.key] = makeAbsolute(setting, outcome.data, one.folder);
    } else {
      faulty.add(one.key);
      mistakes.push(nameMistake(setting, one, outcome.error.issues[0]?.message ?? "is not valid"));
    }
  }
  // Each value has just come out of the schema that its type derives from.
  return { values: values as unknown as CheckedValues, mistakes, faulty };
}

function readDefaults(cwd: string): Record<SettingKey, unknown> {
  const defaults = settingEntries.map(([key, setting]) => [
    key,
    makeAbsolute(setting, setting.default, cwd),
  ]);
  return Object.fromEntries(defaults) as Record<SettingKey, unknown>;
}

function makeAbsolute(setting: AnySetting, value: unknown, folder: string): unknown {
  return setting.isPath === true && typeof value === "string" ? resolve(folder, value) : value;
}

function nameMistake(setting: AnySetting, { where, value }: GivenValue, says: string): Mistake {
  const shown =
    setting.secret === true ? "has a value (not shown) that" : `is ${quoteValue(value)}: it`;
  return {
    where,
    says: `${shown} ${says}`,
    mend: `For example ${setting.name}=${setting.example}.`,
  };
}

function build(values: SettingValues, file: string | undefined): Configuration {
  const listener = buildListener(values);
  return {
    mode: values.mode,
    file,
    home: values.home,
    keys: values.keys,
    listener,
    files: buildFiles(values, listener),
    database: buildDatabase(values),
    roles: values.roles,
    log: { level: values.logLevel ?? (values.mode === "production" ? "info" : "warn") },
    demo: values.demo,
    session: {
      idleMs: values.sessionIdleMinutes * minuteMs,
      absoluteMs: values.sessionAbsoluteHours * hourMs,
    },
    twilio: { apiUrl: values.twilioApiUrl },
  };
}

function buildListener(values: SettingValues): ListenerConfiguration {
  const { host, port, tlsCertificate, tlsKey, publicUrl, trustedProxies } = values;
  const hasTls = tlsCertificate !== undefined && tlsKey !== undefined;
  const authority = `${host.includes(":") ? `[${host}]` : host}:${port}`;
  return {
    host,
    port,
    publicUrl: publicUrl ?? new URL(`${hasTls ? "https" : "http"}://${authority}`).origin,
    publicUrlGiven: publicUrl !== undefined,
    tls: hasTls ? { certificateFile: tlsCertificate, keyFile: tlsKey } : undefined,
    trustedProxies,
  };
}

function buildFiles(
  { home, filesPort, filesOrigin }: SettingValues,
  { port: listenerPort, publicUrl }: ListenerConfiguration,
): FilesConfiguration {
  // After the last port there is none, and any free one has to do.
  const port = filesPort ?? (listenerPort === 0 ? 0 : (listenerPort + 1) % portsMax);
  const made = new URL(publicUrl);
  made.port = String(port);
  return {
    folder: join(home, "blobs"),
    port,
    origin: filesOrigin ?? made.origin,
    originGiven: filesOrigin !== undefined,
  };
}

function buildDatabase(values: SettingValues): Configuration["database"] {
  const address = values.databaseUrl;
  if (address === undefined) return { engine: "sqlite", file: join(values.home, "foyer.sqlite") };
  return {
    engine: "mysql",
    ...address,
    tls: values.databaseCa !== undefined || !isLoopback(address.host),
    caFile: values.databaseCa,
    poolMax: values.databasePoolMax ?? poolMaxDefault,
  };
}

function deepFreeze<Value>(value: Value): Value {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  if (!(value instanceof Secret)) for (const part of Object.values(value)) deepFreeze(part);
  return Object.freeze(value);
}
