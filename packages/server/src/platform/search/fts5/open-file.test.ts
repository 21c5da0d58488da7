import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type TestContext, test } from "node:test";
import { openFts5SearchEngine } from "./engine.ts";
import { openFile } from "./open-file.ts";

const tenantId = "018f2f9a-0000-7000-8000-000000000001";

function fileFor(context: TestContext): string {
  const folder = mkdtempSync(path.join(tmpdir(), "search-"));
  context.after(() => rmSync(folder, { recursive: true }));
  return path.join(folder, "search.db");
}

/** An index with something in it, closed. */
async function makeIndex(file: string): Promise<void> {
  const engine = openFts5SearchEngine(file);
  const documents = Array.from({ length: 200 }, (_, at) => ({
    tenantId,
    propertyId: null,
    kind: "contact" as const,
    subjectId: `018f2f9a-0000-7000-8000-${String(at).padStart(12, "0")}`,
    at,
    analysisVersion: 1,
    terms: [at.toString(16).padStart(16, "0")],
  }));
  await engine.index(documents);
  await engine.close();
}

const breaks: readonly (readonly [string, (file: string) => void])[] = [
  ["whose first bytes are lost", (file) => writeFileSync(file, "x".repeat(8_192))],
  ["that is cut off", (file) => writeFileSync(file, readFileSync(file).subarray(0, 9_000))],
  [
    "with a page overwritten",
    (file) => {
      const bytes = readFileSync(file);
      writeFileSync(file, bytes.fill(0xa5, 3 * 4_096, 6 * 4_096));
    },
  ],
];
for (const [name, breakFile] of breaks) {
  test(`an index ${name} is set aside, and the consumer is told to rebuild it`, async (context) => {
    const file = fileFor(context);
    await makeIndex(file);
    breakFile(file);
    const engine = openFts5SearchEngine(file);
    assert.equal(engine.rebuild, "damaged");
    assert.equal(await engine.count(tenantId), 0);
    assert.ok(existsSync(`${file}.set-aside`));
    await engine.removeTenant(tenantId);
    assert.ok(!existsSync(`${file}.set-aside`), "a removed tenant is in no earlier file either");
    await engine.close();
  });
}

test("an index of another version is set aside and built anew", async (context) => {
  const file = fileFor(context);
  await makeIndex(file);
  const database = new DatabaseSync(file);
  database.exec("PRAGMA user_version = 999");
  database.close();
  const engine = openFts5SearchEngine(file);
  assert.equal(engine.rebuild, "other-version");
  assert.equal(await engine.count(tenantId), 0);
  engine.markFilled();
  await engine.close();
  const again = openFts5SearchEngine(file);
  assert.equal(again.rebuild, null);
  await again.close();
});

test("a new index asks to be filled until somebody says that it is", async (context) => {
  const file = fileFor(context);
  await makeIndex(file);
  const cutShort = openFts5SearchEngine(file);
  assert.equal(cutShort.rebuild, "missing");
  cutShort.markFilled();
  cutShort.markFilled();
  await cutShort.close();
  const filled = openFts5SearchEngine(file);
  assert.equal(filled.rebuild, null);
  await filled.close();
});

test("a database that is something else is neither used nor moved", (context) => {
  const file = fileFor(context);
  const database = new DatabaseSync(file);
  database.exec("CREATE TABLE guest (name TEXT)");
  database.close();
  const before = readFileSync(file);
  assert.throws(() => openFile(file), /belongs to something else/);
  assert.deepEqual(readFileSync(file), before);
});

test("a folder that does not exist is an error, not a damaged index", (context) => {
  assert.throws(() => openFile(path.join(fileFor(context), "nowhere", "search.db")));
});
