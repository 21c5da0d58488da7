import type { z } from "zod";
import {
  addressRange,
  builtWord,
  databaseUrl,
  host,
  listOf,
  oneOf,
  origin,
  path,
  trueOrFalse,
  wholeNumber,
} from "./settings-schemas.ts";

/** One thing that whoever runs Foyer may decide. */
export interface Setting<Value, Default extends Value | undefined> {
  /** The environment variable. */
  readonly name: string;
  /** Where the value stands in the configuration file, groups parted by dots. */
  readonly fileKey?: string;
  /** What it decides, in Markdown, for the reference page. */
  readonly description: string;
  /** The value when none is given; undefined where it follows from others or there is none. */
  readonly default: Default;
  /** What the reference page says instead of the default, where that needs words. */
  readonly defaultSays?: string;
  readonly schema: z.ZodType<Value>;
  /** The value is never printed, not even in the text of a mistake. */
  readonly secret?: boolean;
  /** Whether it names a file or folder, which is made absolute. */
  readonly isPath?: boolean;
  /** A value as somebody would write it in the environment. */
  readonly example: string;
  /** The version that first knew it. */
  readonly since: string;
}

function define<Value, const Default extends Value | undefined>(
  setting: Setting<Value, Default>,
): Setting<Value, Default> {
  return setting;
}

/** The roles that this version can play (DESIGN §2). */
export const builtRoles = ["app", "api", "services", "worker"] as const;
export type Role = (typeof builtRoles)[number];

/** The roles that later versions play: naming one now is a mistake, not a surprise. */
export const plannedRoles = ["tag", "device", "ops"] as const;

export const modes = ["development", "production"] as const;
export type Mode = (typeof modes)[number];

export const logLevels = ["debug", "info", "warn", "error", "silent"] as const;

const since = "0.1.0";

/** Every setting, once: what reads, checks, explains and documents them derives from this table. */
export const settings = {
  mode: define({
    name: "FOYER_MODE",
    fileKey: "mode",
    description:
      "`production` refuses what is only safe on a desk: the demo with the sign-in that everybody knows, and `--fresh`.",
    default: "development",
    schema: oneOf(modes),
    example: "production",
    since,
  }),
  configuration: define({
    name: "FOYER_CONFIGURATION",
    description:
      "The configuration file. A variable of the environment wins over what stands in it; its paths count from its own folder.",
    default: undefined,
    defaultSays: "`foyer.json` in the working folder, if it is there",
    schema: path(),
    isPath: true,
    example: "/etc/foyer/foyer.json",
    since,
  }),
  home: define({
    name: "FOYER_HOME",
    fileKey: "home",
    description: "The folder where state lives: the embedded database, the index, attachments.",
    default: ".foyer",
    schema: path(),
    isPath: true,
    example: "/var/lib/foyer",
    since,
  }),
  keys: define({
    name: "FOYER_KEYS",
    fileKey: "keys",
    description:
      "The folder of the key file. It lies outside `FOYER_HOME`, and outside every backup of it: a backup that holds the keys protects nothing, and undoes erasures.",
    default: ".foyer-keys",
    schema: path(),
    isPath: true,
    example: "/etc/foyer/keys",
    since,
  }),
  port: define({
    name: "PORT",
    fileKey: "port",
    description: "The port to listen on. `0` takes any that is free.",
    default: 4000,
    schema: wholeNumber(0, 65_535),
    example: "4000",
    since,
  }),
  host: define({
    name: "FOYER_HOST",
    fileKey: "host",
    description:
      "The address to listen on. Beyond loopback Foyer speaks HTTP only to proxies that `FOYER_TRUSTED_PROXIES` names; to everybody else it speaks TLS.",
    default: "127.0.0.1",
    schema: host(),
    example: "0.0.0.0",
    since,
  }),
  publicUrl: define({
    name: "FOYER_PUBLIC_URL",
    fileKey: "publicUrl",
    description:
      "The address that people's browsers and providers' webhooks use. `https`, unless it is loopback.",
    default: undefined,
    defaultSays: "made of host and port, where browsers can reach these",
    schema: origin(),
    example: "https://inbox.example.com",
    since,
  }),
  filesPort: define({
    name: "FILES_PORT",
    fileKey: "files.port",
    description:
      "The port of a second listener, which serves attachments and nothing else. It listens on the same address, with the same certificate.",
    default: undefined,
    defaultSays: "the port after `PORT`",
    schema: wholeNumber(0, 65_535),
    example: "4001",
    since,
  }),
  filesOrigin: define({
    name: "FOYER_FILES_ORIGIN",
    fileKey: "files.origin",
    description:
      "The address at which browsers and providers reach that listener. Guests wrote what lies there, so it is an origin of its own, best under a domain of its own; signed links lead to it. `https`, unless it is loopback.",
    default: undefined,
    defaultSays: "the host of `FOYER_PUBLIC_URL` with `FILES_PORT`; needed behind a proxy",
    schema: origin(),
    example: "https://files.example.net",
    since,
  }),
  tlsCertificate: define({
    name: "FOYER_TLS_CERTIFICATE",
    fileKey: "tls.certificate",
    description: "The certificate chain, a PEM file. Goes with `FOYER_TLS_KEY`.",
    default: undefined,
    defaultSays: "none: no TLS",
    schema: path(),
    isPath: true,
    example: "/etc/foyer/tls/chain.pem",
    since,
  }),
  tlsKey: define({
    name: "FOYER_TLS_KEY",
    fileKey: "tls.key",
    description: "The certificate's private key, a PEM file that only Foyer may read.",
    default: undefined,
    defaultSays: "none: no TLS",
    schema: path(),
    isPath: true,
    example: "/etc/foyer/tls/key.pem",
    since,
  }),
  trustedProxies: define({
    name: "FOYER_TRUSTED_PROXIES",
    fileKey: "trustedProxies",
    description:
      "The proxies that end TLS for Foyer, as addresses or CIDR ranges. Only their word about a caller's address and scheme is believed.",
    default: [],
    defaultSays: "none",
    schema: listOf(addressRange(), 0),
    example: "127.0.0.1,10.0.0.0/24",
    since,
  }),
  databaseUrl: define({
    name: "FOYER_DATABASE_URL",
    fileKey: "database.url",
    description:
      "The primary store: MySQL 8.4 or MariaDB 10.6 and later. Beyond loopback the connection is always TLS, and the server's certificate is checked.",
    default: undefined,
    defaultSays: "an SQLite file in `FOYER_HOME`",
    schema: databaseUrl(),
    secret: true,
    example: "mysql://foyer:PASSWORD@127.0.0.1:3306/foyer",
    since,
  }),
  databaseCa: define({
    name: "FOYER_DATABASE_CA",
    fileKey: "database.ca",
    description:
      "The authority that signed the database server's certificate, a PEM file; needed where it is none of the well-known ones.",
    default: undefined,
    defaultSays: "the well-known authorities",
    schema: path(),
    isPath: true,
    example: "/etc/foyer/database-ca.pem",
    since,
  }),
  databasePoolMax: define({
    name: "FOYER_DATABASE_POOL_MAX",
    fileKey: "database.poolMax",
    description:
      "How many connections one process opens to the database server at most. All processes together must stay below the server's own limit.",
    default: undefined,
    defaultSays: "`10`; SQLite has no pool",
    schema: wholeNumber(1, 200),
    example: "20",
    since,
  }),
  roles: define({
    name: "FOYER_ROLES",
    fileKey: "roles",
    description: `What this process does: any of ${builtRoles.map((role) => `\`${role}\``).join(", ")}. Later versions add ${plannedRoles.map((role) => `\`${role}\``).join(", ")}.`,
    default: builtRoles,
    defaultSays: "all of them",
    schema: listOf(builtWord(builtRoles, plannedRoles), 1),
    example: "app,api",
    since,
  }),
  logLevel: define({
    name: "FOYER_LOG_LEVEL",
    fileKey: "logLevel",
    description: `How much the log says, in JSON lines on the standard output: one of ${logLevels.map((level) => `\`${level}\``).join(", ")}.`,
    default: undefined,
    defaultSays: "`info` in production, `warn` in development",
    schema: oneOf(logLevels),
    example: "info",
    since,
  }),
  demo: define({
    name: "FOYER_DEMO",
    fileKey: "demo",
    description:
      "Makes the demo hotel and its guest phone if they are missing. Not in production: its sign-in is known to everybody.",
    default: false,
    schema: trueOrFalse(),
    example: "true",
    since,
  }),
  sessionIdleMinutes: define({
    name: "FOYER_SESSION_IDLE_MINUTES",
    fileKey: "session.idleMinutes",
    description:
      "After how many minutes without use an agent signs in again. Eight hours are one shift: nobody signs in twice in it, and nobody finds the desk of the shift before still open.",
    default: 480,
    schema: wholeNumber(5, 1440),
    example: "60",
    since,
  }),
  sessionAbsoluteHours: define({
    name: "FOYER_SESSION_ABSOLUTE_HOURS",
    fileKey: "session.absoluteHours",
    description:
      "After how many hours an agent signs in again, used or not. Seven days bound what a stolen session is worth at a desk that never rests.",
    default: 168,
    schema: wholeNumber(1, 720),
    example: "24",
    since,
  }),
  twilioApiUrl: define({
    name: "FOYER_TWILIO_API_URL",
    fileKey: "twilio.apiUrl",
    description:
      "Where Twilio's API is: another region of theirs, or a server that speaks as they do. Every channel's account and token are sent there. `https`, unless it is loopback.",
    default: "https://api.twilio.com",
    schema: origin(),
    example: "https://api.dublin.ie1.twilio.com",
    since,
  }),
} as const;

export type SettingKey = keyof typeof settings;

/** The values of all settings once read: what was given, else the default. */
export type SettingValues = {
  readonly [Key in SettingKey]:
    | z.output<(typeof settings)[Key]["schema"]>
    | (undefined extends (typeof settings)[Key]["default"] ? undefined : never);
};

/** A setting of which only the common traits matter. */
export type AnySetting = Setting<unknown, unknown>;

/** Every setting with the key of its value, in the order of the reference page. */
export const settingEntries = Object.entries(settings) as readonly [SettingKey, AnySetting][];
