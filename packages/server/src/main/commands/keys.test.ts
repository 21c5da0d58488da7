import assert from "node:assert/strict";
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { systemClock } from "../../platform/clock.ts";
import { openKeyFile } from "../../platform/keys/key-file.ts";
import { runCommandLine } from "../command-run.ts";
import { FakeContext } from "./fake-context.ts";
import { prepareInstallation } from "./installation.ts";

const root = mkdtempSync(join(tmpdir(), "foyer-keys-"));
after(() => rmSync(root, { recursive: true }));
const passphrase = "five words make a passphrase";

async function makeInstallation(): Promise<FakeContext> {
  const cwd = mkdtempSync(join(root, "one-"));
  const keys = join(cwd, ".foyer-keys");
  prepareInstallation({ home: join(cwd, ".foyer"), keys }, true);
  await openKeyFile({ folder: keys, clock: systemClock, ifMissing: "create" });
  return new FakeContext(cwd);
}

function complaints(context: FakeContext): string {
  return context.complained.join("\n");
}

describe("keys export", () => {
  test("writes a sealed copy that keys import brings back elsewhere", async () => {
    const from = await makeInstallation();
    from.secrets = [passphrase, passphrase];
    assert.equal(await runCommandLine(["keys", "export", "--to", "copy"], from), 0);
    const copy = join(from.cwd, "copy");
    assert.equal(statSync(copy).mode & 0o777, 0o600);
    assert.match(from.printed.join("\n"), /An erasure cannot reach it/);
    const to = new FakeContext(mkdtempSync(join(root, "two-")));
    const file = join(to.cwd, "passphrase");
    writeFileSync(file, `${passphrase}\n`, { mode: 0o600 });
    const args = ["keys", "import", "--from", copy, "--passphrase-file", "passphrase"];
    assert.equal(await runCommandLine(args, to), 0, complaints(to));
    assert.equal(to.asked.length, 0);
    const keyFile = join(".foyer-keys", "keys.foyer");
    assert.deepEqual(readFileSync(join(to.cwd, keyFile)), readFileSync(join(from.cwd, keyFile)));
  });

  test("writes nothing over a file, nor into the state and so its backups", async () => {
    const context = await makeInstallation();
    writeFileSync(join(context.cwd, "there"), "mine");
    assert.equal(await runCommandLine(["keys", "export", "--to", "there"], context), 2);
    assert.equal(await runCommandLine(["keys", "export", "--to", ".foyer/copy"], context), 2);
    assert.match(complaints(context), /exists already[\s\S]*in its backups/);
    assert.equal(context.asked.length, 0);
  });

  test("refuses two passphrases that differ, a short one, and none", async () => {
    const args = ["keys", "export", "--to", "copy"];
    for (const secrets of [[passphrase, `${passphrase}!`], ["short", "short"], []]) {
      const context = await makeInstallation();
      context.secrets = secrets;
      assert.equal(await runCommandLine(args, context), 2);
      assert.equal(statSync(join(context.cwd, "copy"), { throwIfNoEntry: false }), undefined);
      assert.doesNotMatch(complaints(context), /words make|short/);
    }
  });

  test("refuses a passphrase file that others can read", async () => {
    const context = await makeInstallation();
    const file = join(context.cwd, "passphrase");
    writeFileSync(file, passphrase);
    chmodSync(file, 0o644);
    const args = ["keys", "export", "--to", "copy", "--passphrase-file", file];
    assert.equal(await runCommandLine(args, context), 2);
    assert.match(complaints(context), /Others can read .*chmod 600/);
  });
});

describe("keys import", () => {
  test("tells a wrong passphrase in words and brings nothing", async () => {
    const context = await makeInstallation();
    context.secrets = [passphrase, passphrase, "five words of another sentence"];
    await runCommandLine(["keys", "export", "--to", "copy"], context);
    assert.equal(await runCommandLine(["keys", "import", "--from", "copy"], context), 1);
    assert.match(complaints(context), /passphrase is not the one/);
  });

  test("tells a copy that is not there", async () => {
    const context = await makeInstallation();
    assert.equal(await runCommandLine(["keys", "import", "--from", "none"], context), 2);
    assert.match(complaints(context), /There is no file/);
  });
});
