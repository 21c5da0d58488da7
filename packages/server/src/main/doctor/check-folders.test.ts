import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { type Folders, folderProbes } from "./check-folders.ts";
import { examine } from "./examine.ts";

const root = mkdtempSync(join(tmpdir(), "foyer-folders-"));
after(() => rmSync(root, { recursive: true }));

function makeFolders() {
  const base = mkdtempSync(join(root, "one-"));
  const home = join(base, "home");
  return { home, keys: join(base, "keys"), files: { folder: join(home, "blobs") } };
}

function makeInstallation() {
  const folders = makeFolders();
  mkdirSync(folders.home, { mode: 0o700 });
  mkdirSync(folders.keys, { mode: 0o700 });
  writeFileSync(join(folders.home, "foyer.sqlite"), "");
  writeFileSync(join(folders.keys, "keys.foyer"), "", { mode: 0o600 });
  return folders;
}

/** Each finding as "name: state, what it says". */
async function look(folders: Folders): Promise<string> {
  const findings = await examine(folderProbes(folders));
  for (const { state, mend } of findings) assert.ok(state === "good" || mend);
  return findings.map(({ name, state, says }) => `${name}: ${state}, ${says}`).join("\n");
}

describe("doctor finds of the folders", () => {
  test("nothing wrong with a private installation", async () => {
    const found = await look(makeInstallation());
    assert.match(found, /State folder: good[\s\S]*Key folder: good[\s\S]*Keys apart: good/);
  });

  test("that they are not there yet, which is no harm before the first start", async () => {
    const found = await look(makeFolders());
    assert.match(found, /State folder: warning[\s\S]*Key folder: warning/);
    assert.doesNotMatch(found, /bad/);
  });

  test("that others can look into them or read a key", async () => {
    const folders = makeInstallation();
    chmodSync(folders.home, 0o755);
    chmodSync(join(folders.keys, "keys.foyer"), 0o604);
    const found = await look(folders);
    assert.match(found, /State folder: bad, others can look into .*\(0755\)/);
    assert.match(found, /Key folder: bad, others can read .*\(0604\)/);
  });

  test("whether attachments lie where only their owner sees them, and have room", async () => {
    const folders = makeInstallation();
    assert.match(await look(folders), /Attachments: good, none was kept yet/);
    mkdirSync(folders.files.folder, { mode: 0o700 });
    assert.match(await look(folders), /Attachments: \w+, \d+ MiB are free where attachments lie/);
    chmodSync(folders.files.folder, 0o750);
    assert.match(await look(folders), /Attachments: bad, others can look into .*blobs \(0750\)/);
  });

  test("that the keys of existing data are gone, and the other way round", async () => {
    const keyless = makeInstallation();
    rmSync(keyless.keys, { recursive: true });
    assert.match(await look(keyless), /Key folder: bad, holds no keys\.foyer/);
    const stateless = makeInstallation();
    rmSync(stateless.home, { recursive: true });
    assert.match(await look(stateless), /State folder: bad, .* is missing, and there are keys/);
  });

  test("that one of them is a file", async () => {
    const folders = makeInstallation();
    rmSync(folders.home, { recursive: true });
    writeFileSync(folders.home, "");
    assert.match(await look(folders), /State folder: bad, .* is not a folder/);
  });

  test("that a link leads from one into the other", async () => {
    const folders = makeFolders();
    mkdirSync(join(folders.home, "hidden"), { recursive: true, mode: 0o700 });
    symlinkSync(join(folders.home, "hidden"), folders.keys);
    assert.match(await look(folders), /Keys apart: bad, links lead/);
  });
});
