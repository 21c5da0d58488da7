import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { settingEntries } from "./settings.ts";
import { makeSettingsPage } from "./settings-page.ts";

const committed = new URL("../../../../docs/reference/settings.md", import.meta.url);

test("the settings page names every setting, its key in the file and an example", () => {
  const page = makeSettingsPage();
  for (const [, { name, fileKey, example, description }] of settingEntries) {
    assert.ok(page.includes(`\n## ${name}\n\n${description}\n`), name);
    assert.ok(page.includes(`\`${name}=${example}\``), name);
    if (fileKey !== undefined) assert.ok(page.includes(`| \`${fileKey}\` |`), fileKey);
  }
});

test("the committed settings page is what the settings generate", () => {
  assert.equal(readFileSync(committed, "utf8"), makeSettingsPage());
});

test("every setting accepts its own example, as it does its default", () => {
  for (const [, { name, schema, example, default: value }] of settingEntries) {
    assert.ok(schema.safeParse(example).success, name);
    if (value !== undefined) assert.deepEqual(schema.parse(value), value, name);
  }
});
