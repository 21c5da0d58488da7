import assert from "node:assert/strict";
import { createHash, createSecretKey, randomBytes, randomUUID } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type TestContext, test } from "node:test";
import { describeSearchEngine } from "../../../../test/conformance/search-engine.ts";
import { ANALYSIS_VERSION, analyseText } from "../analysis.ts";
import type { SearchDocument } from "../search-engine.ts";
import { hashTerms } from "../term-hash.ts";
import { openFts5SearchEngine } from "./engine.ts";
import { selectCandidates } from "./sql.ts";

describeSearchEngine("the FTS5 search engine", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "search-"));
  const engine = openFts5SearchEngine(path.join(folder, "search.db"));
  const dispose = async () => {
    await engine.close();
    rmSync(folder, { recursive: true });
  };
  return { engine, dispose };
});

const tenantId = randomUUID();
const key = createSecretKey(randomBytes(32));

function folderFor(context: TestContext): { folder: string; file: string } {
  const folder = mkdtempSync(path.join(tmpdir(), "search-"));
  context.after(() => rmSync(folder, { recursive: true }));
  return { folder, file: path.join(folder, "search.db") };
}

function documentOf(text: string, changes: Partial<SearchDocument> = {}): SearchDocument {
  return {
    tenantId,
    propertyId: randomUUID(),
    kind: "entry",
    subjectId: randomUUID(),
    at: 1_000,
    analysisVersion: ANALYSIS_VERSION,
    terms: hashTerms(key, analyseText(text).terms),
    ...changes,
  };
}

/** How a word can lie in a file: as it is, in UTF-16, in hex, in base64 at any alignment. */
function encodingsOf(word: string): readonly Buffer[] {
  const base64 = [0, 1, 2].map((shift) => {
    const text = Buffer.from(" ".repeat(shift) + word).toString("base64");
    return text.slice(shift === 0 ? 0 : shift + 1, -4);
  });
  const texts = [word, Buffer.from(word).toString("hex"), ...base64];
  return [...texts.map((text) => Buffer.from(text)), Buffer.from(word, "utf16le")];
}

/** Every file of the folder, the write-ahead log and its index among them. */
function scan(folder: string, needles: readonly Buffer[]): number {
  const files = readdirSync(folder).map((name) => readFileSync(path.join(folder, name)));
  return files.flatMap((bytes) => needles.filter((needle) => bytes.includes(needle))).length;
}

test("no file of the index holds a readable word", async (context) => {
  const { folder, file } = folderFor(context);
  const engine = openFts5SearchEngine(file);
  const words = ["violoncello", "marzipan", "habsburg"];
  const needles = words.flatMap(encodingsOf);
  for (let batch = 0; batch < 5; batch++) {
    const texts = Array.from({ length: 100 }, (_, at) => `${words.join(" ")} ${batch} ${at}`);
    await engine.index(texts.map((text) => documentOf(text)));
  }
  assert.ok(existsSync(`${file}-wal`) && existsSync(`${file}-shm`));
  assert.equal(scan(folder, needles), 0);

  const intruder = new DatabaseSync(file);
  intruder.exec("CREATE TABLE leak (word TEXT)");
  intruder.prepare("INSERT INTO leak VALUES (?)").run(words[0] ?? "");
  assert.ok(scan(folder, needles) > 0, "the scan must see a word that is there");
  intruder.close();
  await engine.close();
});

test("after a tenant's removal no file holds its ids or hashes", async (context) => {
  const { folder, file } = folderFor(context);
  const engine = openFts5SearchEngine(file);
  const gone = Array.from({ length: 40 }, (_, at) => documentOf(`violoncello ${at}`));
  const otherKey = createSecretKey(randomBytes(32));
  const kept = Array.from({ length: 40 }, (_, at) => {
    const terms = hashTerms(otherKey, analyseText(`marzipan ${at}`).terms);
    return documentOf("", { tenantId: randomUUID(), terms });
  });
  await engine.index([...gone, ...kept]);
  const needles = [
    Buffer.from(tenantId.replaceAll("-", ""), "hex"),
    ...gone.map(({ subjectId }) => Buffer.from(subjectId.replaceAll("-", ""), "hex")),
    // Neighbouring hashes share their first digits in a page, so only the rest is looked for.
    ...gone.flatMap(({ terms }) => terms.map((term) => Buffer.from(term.slice(5)))),
  ];
  assert.ok(scan(folder, needles) > gone.length, "the scan must see what is there");
  await engine.removeTenant(tenantId);
  assert.equal(scan(folder, needles), 0);
  for (const { tenantId } of kept) assert.equal(await engine.count(tenantId), 1);
  await engine.close();
});

test("a second process sees what the first one indexed", async (context) => {
  const { file } = folderFor(context);
  const first = openFts5SearchEngine(file);
  const second = openFts5SearchEngine(file);
  await first.index([documentOf("towel")]);
  assert.equal(await second.count(tenantId), 1);
  await second.index([documentOf("towel")]);
  assert.equal(await first.count(tenantId), 2);
  await first.close();
  await second.close();
});

test("what was indexed is there after a restart", async (context) => {
  const { file } = folderFor(context);
  const first = openFts5SearchEngine(file);
  assert.equal(first.rebuild, "missing");
  first.markFilled();
  await first.index([documentOf("towel")]);
  await first.close();
  const second = openFts5SearchEngine(file);
  assert.equal(second.rebuild, null);
  assert.equal(await second.count(tenantId), 1);
  await second.close();
});

test("MATCH stands in one statement, which is bound to the tenant", () => {
  const folder = import.meta.dirname;
  const sources = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
    .map((name) => readFileSync(path.join(folder, name), "utf8"));
  const matches = sources.flatMap((source) => [...source.matchAll(/\bMATCH\s+[:?'"$]/gi)]);
  assert.equal(matches.length, 1);
  const statement = sources.join("\n").match(/selectCandidates = `([^`]*)`/)?.[1] ?? "";
  assert.match(statement, /d\.row = term\.rowid/);
  assert.match(statement, /AND d\.tenant_id = :tenant/);
});

test("common terms are read newest first and no further than asked for", async (context) => {
  const { file } = folderFor(context);
  const engine = openFts5SearchEngine(file);
  const term = createHash("sha256").update("towel").digest("hex").slice(0, 16);
  const propertyId = randomUUID();
  for (let batch = 0; batch < 20; batch++) {
    const documents = Array.from({ length: 200 }, (_, at) =>
      documentOf("", { propertyId, terms: [term], at: batch * 200 + at }),
    );
    await engine.index(documents);
  }
  const database = new DatabaseSync(file, { readOnly: true });
  const plan = database
    .prepare(`EXPLAIN QUERY PLAN ${selectCandidates}`)
    .all({ match: `"${term}"` })
    .map((row) => String(row["detail"]));
  assert.ok(
    plan.every((step) => !step.includes("TEMP B-TREE")),
    plan.join("; "),
  );
  database.close();
  const propertyIds = [propertyId];
  const kinds = ["entry"] as const;
  const query = { tenantId, propertyIds, kinds, allOf: [[term]], limit: 3 };
  const newest = await engine.candidates(query);
  assert.deepEqual(
    newest.map(({ at }) => at),
    [3_999, 3_998, 3_997],
  );
  await engine.close();
});
