/** A rule that cannot fail guards nothing: each is shown what it must find, and what is fine. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { repositoryOf, textFile } from "./tidy/repository.ts";
import { rules } from "./tidy/rules.ts";

type Files = Readonly<Record<string, string>>;

interface Control {
  /** Files that break the rule, each on its own. */
  readonly wrong: readonly Files[];
  /** Files that do not. */
  readonly right: Files;
}

const modules = "packages/server/src/modules";
const platform = "packages/server/src/platform";
const order =
  "## Order of modules\n\nEarlier first.\n\n```text\n1. vault\n2. mail   what it is\n```\n";
const twoModules = { [`${modules}/vault/index.ts`]: "", [`${modules}/mail/index.ts`]: "" };
const longLine = `const word = ${"a + ".repeat(30)}a;`;

const controls: Readonly<Record<string, Control>> = {
  "a package imports only the packages below it": {
    wrong: [
      { "packages/client/src/a.ts": 'import { store } from "@foyer/server";' },
      { "packages/contract/src/a.ts": 'import {\n  b,\n} from "../../server/src/b.ts";' },
      { "packages/inbox/src/a.ts": 'const page = await import("@foyer/server");' },
      { "packages/novelty/src/a.ts": "" },
    ],
    right: {
      "packages/client/src/a.ts": 'import { limits } from "@foyer/contract";',
      "packages/server/test/world/a.ts": 'import { createClient } from "@foyer/client";',
    },
  },
  "the contract imports nothing but zod": {
    wrong: [{ "packages/contract/src/a.ts": 'import { readFileSync } from "node:fs";' }],
    right: {
      "packages/contract/src/a.ts": 'import { z } from "zod";\nexport * from "./b.ts";',
      "packages/contract/src/a.test.ts": 'import { test } from "node:test";',
    },
  },
  "the server's layers import downwards: main, modules, platform": {
    wrong: [
      { [`${platform}/a.ts`]: 'import type { Vault } from "../modules/vault/index.ts";' },
      { [`${modules}/vault/a.ts`]: 'export { serve } from "../../main/serve.ts";' },
      { "packages/server/src/main/a.ts": 'import "../../test/world/world.ts";' },
      { "packages/server/src/lonely.ts": 'import { join } from "node:path";' },
    ],
    right: {
      "packages/server/src/main/a.ts": 'import { vault } from "../modules/vault/index.ts";',
      "packages/server/src/main/b.ts": 'import manifest from "../../package.json";',
      [`${modules}/vault/a.test.ts`]: 'import { World } from "../../../test/world/world.test.ts";',
    },
  },
  "a module is entered only by its index.ts": {
    wrong: [
      { [`${modules}/mail/a.ts`]: 'import { store } from "../vault/store.ts";' },
      { "packages/server/src/main/a.ts": 'import { store } from "../modules/vault/store.ts";' },
      { [`${modules}/mail/a.ts`]: 'import { aVault } from "../vault/testing.ts";' },
    ],
    right: {
      [`${modules}/mail/a.ts`]: 'import { vault } from "../vault/index.ts";',
      [`${modules}/mail/a.test.ts`]: 'import { aVault } from "../vault/testing.ts";',
      [`${modules}/vault/a.ts`]: 'import { store } from "./store.ts";',
    },
  },
  "ARCHITECTURE.md lists exactly the modules there are": {
    wrong: [
      twoModules,
      { ...twoModules, "ARCHITECTURE.md": "## Order of modules\n\nvault, mail\n" },
      { ...twoModules, "ARCHITECTURE.md": order, [`${modules}/extra/index.ts`]: "" },
      { "ARCHITECTURE.md": order, [`${modules}/vault/index.ts`]: "" },
    ],
    right: { ...twoModules, "ARCHITECTURE.md": order },
  },
  "a module imports only modules on earlier lines": {
    wrong: [
      {
        ...twoModules,
        "ARCHITECTURE.md": order,
        [`${modules}/vault/a.ts`]: 'import { mail } from "../mail/index.ts";',
      },
    ],
    right: {
      ...twoModules,
      "ARCHITECTURE.md": order,
      [`${modules}/mail/a.ts`]: 'import { vault } from "../vault/index.ts";',
    },
  },
  "the inbox imports downwards: app, features, data and ui": {
    wrong: [
      { "packages/inbox/src/ui/a.tsx": 'import { lists } from "../data/lists.ts";' },
      { "packages/inbox/src/features/list/a.tsx": 'import { b } from "../thread/b.ts";' },
      { "packages/inbox/src/features/list/a.tsx": 'import { routes } from "../../app/routes.ts";' },
    ],
    right: {
      "packages/inbox/src/app/a.tsx": 'import { list } from "../features/list/list.tsx";',
      "packages/inbox/src/features/list/a.tsx":
        'import { b } from "./b.ts";\nimport "../../ui/c.ts";',
    },
  },
  "files are named in kebab-case": {
    wrong: [{ "packages/client/src/sendReply.ts": "" }, { "packages/inbox/src/Button.tsx": "" }],
    right: { "packages/client/src/send-reply.test.ts": "", "packages/inbox/src/a.module.css": "" },
  },
  "every file's name says what is in it": {
    wrong: [{ "packages/client/src/utils.ts": "" }, { "packages/client/src/date-helpers.ts": "" }],
    right: { "packages/client/src/stream.ts": "" },
  },
  "no file of code exceeds 400 lines": {
    wrong: [{ "packages/client/src/a.ts": "a();\n".repeat(401) }],
    right: { "packages/client/src/a.ts": "a();\n".repeat(400), "docs/a.md": "a\n".repeat(500) },
  },
  "no line of code exceeds 100 characters": {
    wrong: [
      { "packages/client/src/a.ts": longLine },
      { "packages/client/src/a.ts": `// ${"word ".repeat(20)}` },
    ],
    right: { "packages/client/src/a.ts": `const text = "${"word ".repeat(30)}";` },
  },
  "no file exceeds 600000 bytes": {
    wrong: [{ "docs/film.svg": "a".repeat(600_001) }],
    right: { "docs/film.svg": "a".repeat(600_000) },
  },
  "every module has a README of at most 40 lines": {
    wrong: [
      { [`${modules}/vault/index.ts`]: "" },
      { [`${modules}/vault/README.md`]: "a\n".repeat(41) },
    ],
    right: { [`${modules}/vault/README.md`]: "a\n".repeat(40) },
  },
  "state that a whole process shares says why": {
    wrong: [{ [`${platform}/a.ts`]: "/** Something else. */\n\nlet count = 0;" }],
    right: {
      [`${platform}/a.ts`]: "/** Random bytes are dear. */\nconst pool = [];\nlet used = 0;",
    },
  },
  "what is left to do names its issue": {
    wrong: [{ "docs/a.md": "TODO later" }, { "packages/client/src/a.ts": "// FIXME: breaks" }],
    right: { "docs/a.md": "TODO(#12) later", "packages/client/src/a.ts": "const METODO = 1;" },
  },
  "no path of somebody's machine is written down": {
    wrong: [
      { "docs/a.md": "see /srv/checkout/docs" },
      { "docs/a.md": "see /home/ada/foyer" },
      { "packages/client/src/a.ts": 'const folder = "/Users/ada/foyer";' },
    ],
    right: { "docs/a.md": "see /srv/other and /var/lib/foyer" },
  },
  "no half-merged file is kept": {
    wrong: [{ "docs/a.md": "<<<<<<< ours" }, { "docs/a.md": ">>>>>>> theirs" }],
    right: { "docs/a.md": "a <<<<<<< b\n=======" },
  },
  "no test is singled out or left out without a reason": {
    wrong: [
      { "packages/client/src/a.test.ts": "test.only('a', () => {});" },
      { "packages/client/src/a.test.ts": "describe.skip('a', () => {});" },
      { "tools/a.test.ts": "test('a', { skip: true }, () => {});" },
    ],
    right: { "packages/client/src/a.test.ts": "test('a', { skip: reason }, () => {});" },
  },
  "no test sleeps": {
    wrong: [
      { "packages/client/src/a.test.ts": 'import { setTimeout } from "node:timers/promises";' },
      { "tools/a.test.ts": "await new Promise((resolve) => setTimeout(resolve, 10));" },
      { "packages/inbox/test/browser/a.test.ts": "await page.waitForTimeout(100);" },
    ],
    right: { "packages/client/src/a.test.ts": "const guard = setTimeout(abort, 1_000);" },
  },
  "every suppressed complaint carries its reason": {
    wrong: [
      { "packages/client/src/a.ts": "// biome-ignore lint/a/b" },
      { "packages/client/src/a.ts": "// biome-ignore lint/a/b: <explanation>" },
      { "packages/client/src/a.ts": "// @ts-expect-error" },
      { "packages/client/src/a.ts": "// @ts-ignore because" },
    ],
    right: {
      "packages/client/src/a.ts": "// biome-ignore lint/a/b: the header has control characters",
      "packages/client/src/b.ts": "// @ts-expect-error a wrong type must not compile",
    },
  },
  "only the configuration reads the environment": {
    wrong: [{ [`${platform}/a.ts`]: "const home = process.env.HOME;" }],
    right: {
      "packages/server/src/main/configuration-sources.ts": "read(process.env);",
      "packages/server/test/world/a.ts": "read(process.env);",
    },
  },
  "only the clock reads the time": {
    wrong: [
      { [`${platform}/a.ts`]: "const at = Date.now();" },
      { [`${modules}/vault/a.ts`]: "const at = new Date();" },
    ],
    right: {
      [`${platform}/clock.ts`]: "const at = Date.now();",
      [`${platform}/a.ts`]: "const at = new Date(clock.now());",
    },
  },
  "Math.random decides nothing but a pause": {
    wrong: [{ [`${platform}/a.ts`]: "const token = String(Math.random());" }],
    right: { [`${platform}/a.ts`]: "await delay(retryMs * Math.random());" },
  },
  "every test belongs to exactly one suite": {
    wrong: [
      { "packages/server/test/lonely.test.ts": "" },
      { "packages/client/src/a.test.tsx": "" },
      { "packages/client/src/a.spec.ts": "" },
    ],
    right: {
      "packages/client/src/a/b.test.ts": "",
      "packages/server/test/scenarios/a.test.ts": "",
      "packages/inbox/test/browser/a.test.ts": "",
      "tools/a.test.ts": "",
    },
  },
  "every environment variable is documented": {
    wrong: [
      { [`${platform}/a.ts`]: 'name: "FOYER_SECRET_SETTING"' },
      { "tools/a.mjs": "process.env.FOYER_SECRET_SETTING" },
    ],
    right: {
      [`${platform}/a.ts`]: 'name: "FOYER_HOME"',
      "docs/reference/settings.md": "`FOYER_HOME`: where state lives",
    },
  },
  "every refusal of the catalogue can happen": {
    wrong: [
      {
        "packages/contract/src/refusals.ts": '  "a.b_c": { status: 400 },',
        "packages/inbox/src/words.ts": 'const words = { "a.b_c": "" };',
      },
    ],
    right: {
      "packages/contract/src/refusals.ts": '  "a.b_c": { status: 400 },',
      [`${modules}/vault/a.ts`]: 'throw new Refusal("a.b_c");',
    },
  },
  "every link between pages leads somewhere": {
    wrong: [
      { "docs/a.md": "[b](b.md)" },
      { "docs/a.md": "[b](b.md#that)", "docs/b.md": "# This" },
      { "docs/a.md": "![picture](../gone.png)" },
    ],
    right: {
      "docs/a.md": "[b](b.md#this-and-that) [c](https://example.com) `[d](d.md)` [e](../docs/)",
      "docs/b.md": "# This, and that!",
    },
  },
  "the tenant wall's page names every test of the law": {
    wrong: [
      { "packages/server/test/law/a.test.ts": "" },
      {
        "packages/server/test/law/a.test.ts": "",
        "docs/concepts/tenant-wall.md": "| it holds | `test/law/b-a.test.tsx` |",
      },
    ],
    right: {
      "packages/server/test/law/a.test.ts": "",
      "packages/server/test/law/stage.ts": "",
      "packages/server/test/world/b.test.ts": "",
      "docs/concepts/tenant-wall.md": "| it holds | `test/law/b.test.ts`, `a.test.ts` |",
    },
  },
  "the changelog keeps its form": {
    wrong: [
      {},
      { "CHANGELOG.md": "# Changelog\n\n## 1.0.0\n" },
      { "CHANGELOG.md": "# Changelog\n\n## Unreleased\n\n### News\n" },
    ],
    right: {
      "CHANGELOG.md": "# Changelog\n\n## Unreleased\n\n### Added\n\n## 1.0.0 - 2030-01-31\n",
    },
  },
  "every dependency is pinned to one version": {
    wrong: [
      { "package.json": '{\n  "zod": "^4.0.0"\n}' },
      { "packages/client/package.json": '{\n  "@a/b": "latest"\n}' },
    ],
    right: { "package.json": '{\n  "node": ">=20",\n  "zod": "4.0.0"\n}' },
  },
  "the lock names no host of a registry": {
    wrong: [{ "package-lock.json": '  "resolved": "https://registry.example/a.tgz",' }],
    right: { "package-lock.json": '  "resolved": "packages/client",' },
  },
  "STYLE.md gives a reason for each dependency of the server": {
    wrong: [
      { "packages/server/package.json": '{ "dependencies": { "zod": "4.0.0" } }' },
      { "STYLE.md": "## Dependencies of the server\n\n| `zod` | because |\n" },
    ],
    right: {
      "packages/server/package.json": '{ "dependencies": { "zod": "4.0.0" } }',
      "STYLE.md":
        "## Dependencies of the server\n\n| `zod` | because |\n\n## Next\n\n| `x` | y |\n",
    },
  },
};

/** What every repository needs so that only the rule under trial has something to say. */
const page = { "CHANGELOG.md": "# Changelog\n\n## Unreleased\n" };

function offencesOf(guarantee: string, files: Files): readonly string[] {
  const rule = rules.find((candidate) => candidate.guarantee === guarantee);
  assert.ok(rule, `there is no rule called ${guarantee}`);
  const texts = Object.entries(files).map(([path, text]) => textFile(path, text));
  return rule.check(repositoryOf("/srv/checkout", texts));
}

describe("a rule of tidiness", () => {
  test("has a control", () => {
    assert.deepEqual(Object.keys(controls).sort(), rules.map((rule) => rule.guarantee).sort());
  });
  for (const [guarantee, { wrong, right }] of Object.entries(controls)) {
    test(`finds what breaks it, and nothing else: ${guarantee}`, () => {
      for (const files of wrong) {
        assert.ok(offencesOf(guarantee, files).length > 0, JSON.stringify(files).slice(0, 300));
      }
      assert.deepEqual(offencesOf(guarantee, { ...page, ...right }), []);
    });
  }
});
