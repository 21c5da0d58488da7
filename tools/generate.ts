/**
 * `npm run generate` writes the pages that are derived from code; with `--check` it changes nothing
 * and fails if one of them is not what the code says.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { makeOpenApi } from "../packages/server/src/main/openapi.ts";
import { makeSettingsPage } from "../packages/server/src/main/settings-page.ts";
import { root } from "./prepare.mjs";

interface Generator {
  /** The file that it makes, from the root. */
  readonly file: string;
  /** The whole text of the file, the same for the same code on every machine. */
  make(): string | Promise<string>;
}

/** One entry per generated file. A new one needs a line here and nothing else. */
const generators: readonly Generator[] = [
  {
    file: "docs/reference/openapi.json",
    make: () => `${JSON.stringify(makeOpenApi(), null, 2)}\n`,
  },
  { file: "docs/reference/settings.md", make: makeSettingsPage },
];

const { values } = parseArgs({ options: { check: { type: "boolean", default: false } } });

for (const { file, make } of generators) {
  const path = join(root, file);
  const present = existsSync(path) ? readFileSync(path, "utf8") : undefined;
  const wanted = await make();
  if (present === wanted) continue;
  if (values.check) {
    console.error(`${file} is not what the code says${difference(present, wanted)}`);
    process.exitCode = 1;
  } else {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, wanted);
    console.log(`Wrote ${file}.`);
  }
}
if (process.exitCode) console.error("Run npm run generate and commit what it writes.");

/** The first line in which two texts differ, for somebody who wonders what changed. */
function difference(present: string | undefined, wanted: string): string {
  if (present === undefined) return ": it does not exist.";
  const [is, should] = [present.split("\n"), wanted.split("\n")];
  const line = should.findIndex((text, index) => text !== is[index]);
  const at = line === -1 ? should.length : line;
  return `, from line ${at + 1} on:\n  - ${is[at] ?? "(end)"}\n  + ${should[at] ?? "(end)"}`;
}
