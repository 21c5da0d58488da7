import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { chmod, mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { withFileLock } from "./file-lock.ts";
import { emptyKeyFile, type KeyFileState, mintTenantKey } from "./key-file-format.ts";
import { KeyFileStore, keyFileBytesMax, keyLockName, lockWaitMsMax } from "./key-file-store.ts";
import { KeyServiceFault, type KeyServiceReason } from "./key-service.ts";

async function newFolder(context: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "foyer-keys-"));
  context.after(() => rm(folder, { recursive: true }));
  return folder;
}

const faultOf = (reason: KeyServiceReason) => (error: unknown) =>
  error instanceof KeyServiceFault && error.reason === reason;

function withOneMore(state: KeyFileState = emptyKeyFile(0)): KeyFileState {
  return { ...state, tenants: new Map(state.tenants).set(randomUUID(), mintTenantKey(0)) };
}

describe("the store of the key file", () => {
  it("reads whole what is replaced between opening and reading", async (context) => {
    const folder = await newFolder(context);
    const writer = new KeyFileStore(folder);
    await writer.update(withOneMore);
    let replacements = 0;
    const overtaken: typeof open = async (...inputs) => {
      const file = await open(...inputs);
      replacements += 1;
      if (replacements <= 3) await writer.update(withOneMore);
      return file;
    };
    const reader = new KeyFileStore(folder, lockWaitMsMax, overtaken);
    assert.equal((await reader.read()).tenants.size, 4);
  });

  it("writes nothing where nothing changed", async (context) => {
    const folder = await newFolder(context);
    const store = new KeyFileStore(folder);
    const state = await store.update(withOneMore);
    const before = await store.read();
    await store.update((current) => current ?? state);
    assert.equal(await store.read(), before);
  });

  it("tells a writer that waited in vain", async (context) => {
    const folder = await newFolder(context);
    await new KeyFileStore(folder).update(withOneMore);
    await withFileLock(join(folder, keyLockName), 0, async () => {
      const hasty = new KeyFileStore(folder, 20);
      await assert.rejects(hasty.update(withOneMore), faultOf("busy"));
      assert.equal((await hasty.read()).tenants.size, 1);
    });
  });

  it("does not read a file that is too large to be one", async (context) => {
    const folder = await newFolder(context);
    const store = new KeyFileStore(folder);
    await store.update(withOneMore);
    const file = await open(store.path, "r+");
    await file.truncate(keyFileBytesMax + 1);
    await file.close();
    await assert.rejects(store.read(), faultOf("damaged"));
  });

  it("makes no file in a folder that others can enter", async (context) => {
    const folder = await newFolder(context);
    await chmod(folder, 0o755);
    await assert.rejects(new KeyFileStore(folder).update(withOneMore), faultOf("exposed"));
    await chmod(folder, 0o700);
    await assert.rejects(new KeyFileStore(folder).read(), faultOf("missing"));
  });
});
