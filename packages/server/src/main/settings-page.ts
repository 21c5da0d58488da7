import { type AnySetting, type SettingKey, settingEntries, settings } from "./settings.ts";

/** The reference page of all settings, in Markdown, generated from the table of settings. */
export function makeSettingsPage(): string {
  return [
    "# Settings",
    "",
    "<!-- Generated from packages/server/src/main/settings.ts by `npm run generate`. -->",
    "",
    "Foyer reads its settings once, when it starts, from environment variables and from a JSON file (`foyer.json`). A variable wins over the file; an empty variable counts as not set. Everything is checked before anything starts: a value that cannot be, a name that nobody knows and settings that contradict each other are all named at once, each with what to do.",
    "",
    "Paths in variables count from the working folder, paths in the file from the file's own folder. Lists are written with commas in a variable and as a list in the file. The file may hold a password: let only Foyer's account read it. Variables that begin with `FOYER_TEST_` belong to the test suites and are ignored.",
    "",
    "| Variable | In the file | Default |",
    "|---|---|---|",
    ...settingEntries.map(([, setting]) => describeRow(setting)),
    "",
    "A file for an installation behind a proxy that ends TLS:",
    "",
    "```json",
    makeExampleFile(),
    "```",
    ...settingEntries.flatMap(([, setting]) => describeSetting(setting)),
    "",
  ].join("\n");
}

function describeRow(setting: AnySetting): string {
  const { name, fileKey } = setting;
  const inFile = fileKey === undefined ? "–" : `\`${fileKey}\``;
  return `| [\`${name}\`](#${name.toLowerCase()}) | ${inFile} | ${describeDefault(setting)} |`;
}

function describeDefault({ default: value, defaultSays }: AnySetting): string {
  if (defaultSays !== undefined) return defaultSays;
  return value === undefined ? "none" : `\`${String(value)}\``;
}

function describeSetting(setting: AnySetting): string[] {
  const { name, description, example, secret, since } = setting;
  return [
    "",
    `## ${name}`,
    "",
    description,
    "",
    `- Default: ${describeDefault(setting)}`,
    `- Example: \`${name}=${example}\``,
    ...(secret === true ? ["- A secret: Foyer never prints it."] : []),
    `- Since: ${since}`,
  ];
}

const exampleKeys: readonly SettingKey[] = [
  "mode",
  "home",
  "keys",
  "publicUrl",
  "filesOrigin",
  "trustedProxies",
  "databaseUrl",
];

/** A configuration file made of the settings' own examples. */
export function makeExampleFile(): string {
  const file: Record<string, unknown> = {};
  for (const key of exampleKeys) {
    const setting: AnySetting = settings[key];
    if (setting.fileKey !== undefined) place(file, setting.fileKey.split("."), setting);
  }
  return JSON.stringify(file, null, 2);
}

function place(
  group: Record<string, unknown>,
  [first = "", ...rest]: readonly string[],
  setting: AnySetting,
): void {
  if (rest.length > 0) {
    const inner: Record<string, unknown> = { ...(group[first] as object | undefined) };
    place(inner, rest, setting);
    group[first] = inner;
    return;
  }
  const isList = Array.isArray(setting.default);
  group[first] = isList ? setting.example.split(",") : setting.example;
}
