import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { Canaries, filesBelow, scanFiles } from "./secret-scan.ts";

const folder = mkdtempSync(join(tmpdir(), "foyer-scan-"));
after(() => rmSync(folder, { recursive: true }));

const canaries = new Canaries();
const secret = canaries.next();
const hex = Buffer.from(secret).toString("hex");
const escaped = (prefix: string) => hex.replace(/../g, (pair) => prefix + pair);

/** A secret in each form that it could have taken on the way to a file. */
const planted: Readonly<Record<string, string | Buffer>> = {
  "UTF-8": `{"text":"${secret}"}`,
  "UTF-8 in capitals": secret.toUpperCase(),
  "UTF-16LE": Buffer.from(`.${secret}`, "utf16le"),
  "UTF-16BE": Buffer.from(`.${secret}`, "utf16le").swap16(),
  hex,
  "hex in capitals": hex.toUpperCase(),
  "JSON escapes": escaped("\\u00"),
  "percent escapes": escaped("%"),
  reversed: Buffer.from(secret).reverse(),
  "base64, shifted by 0": Buffer.from(`abc${secret}!`).toString("base64"),
  "base64, shifted by 1": Buffer.from(`a${secret}!`).toString("base64url"),
  "base64, shifted by 2": Buffer.from(`ab${secret}`).toString("base64"),
};

describe("the scan for planted secrets", () => {
  for (const [form, content] of Object.entries(planted)) {
    it(`finds one in ${form}`, () => {
      const file = join(folder, form.replaceAll(/\W/g, "-"));
      writeFileSync(file, Buffer.concat([Buffer.alloc(99, 1), Buffer.from(content as string)]));
      // UTF-16 of one kind, shifted by a byte, is mostly UTF-16 of the other.
      const found = scanFiles(canaries, [file]).map((finding) => finding.form);
      assert.ok(found.includes(form), `${form} among ${found.join(", ")}`);
    });
  }

  it("knows every form that it looks for", () => {
    assert.deepEqual([...canaries.forms().keys()].sort(), Object.keys(planted).sort());
  });

  it("finds one that lies across the borders of what is read at once", () => {
    const file = join(folder, "across");
    for (const at of [-24, -1_024, -1_040]) {
      const content = Buffer.alloc(8 * 1024 * 1024 + 4_096);
      content.write(secret, 8 * 1024 * 1024 + at);
      writeFileSync(file, content);
      assert.deepEqual(scanFiles(canaries, [file]), [{ file, form: "UTF-8" }], String(at));
    }
  });

  it("finds nothing where another run's secret lies", () => {
    const file = join(folder, "other");
    writeFileSync(file, new Canaries().next());
    assert.deepEqual(scanFiles(canaries, [file]), []);
  });

  it("finds one that others chose, whole", () => {
    const file = join(folder, "token");
    const given = new Canaries();
    const token = given.also("0123456789abcdef0123456789abcdef");
    writeFileSync(file, `AC${token}`);
    assert.deepEqual(scanFiles(given, [file]), [{ file, form: "UTF-8 of secret 0" }]);
    writeFileSync(file, Buffer.from(token).toString("base64"));
    assert.deepEqual(scanFiles(given, [file]), [
      { file, form: "base64, shifted by 0 of secret 0" },
    ]);
    writeFileSync(file, token.slice(0, -1));
    assert.deepEqual(scanFiles(given, [file]), []);
  });

  it("lists what there is to read", () => {
    assert.ok(filesBelow(folder).includes(join(folder, "other")));
  });
});
