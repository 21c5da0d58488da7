import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { FileLockBusy, withFileLock } from "./file-lock.ts";

const folder = await mkdtemp(join(tmpdir(), "foyer-lock-"));
after(() => rm(folder, { recursive: true }));
const newLock = () => join(folder, `lock-${randomUUID()}`);

describe("a file lock", () => {
  it("lets one holder work at a time", async () => {
    const path = newLock();
    let inside = 0;
    let most = 0;
    const work = async () => {
      inside += 1;
      most = Math.max(most, inside);
      await new Promise(setImmediate);
      inside -= 1;
    };
    await Promise.all(Array.from({ length: 8 }, () => withFileLock(path, 10_000, work)));
    assert.equal(most, 1);
  });

  it("is not waited for beyond the bound", async () => {
    const path = newLock();
    await withFileLock(path, 0, async () => {
      await assert.rejects(
        withFileLock(path, 20, async () => {}),
        FileLockBusy,
      );
    });
  });

  it("is free again when the work has failed", async () => {
    const path = newLock();
    await assert.rejects(withFileLock(path, 0, () => Promise.reject(new Error("failed"))));
    assert.equal(await withFileLock(path, 0, async () => "held"), "held");
  });

  it("keeps other processes out while a second caller of this one waits", async () => {
    const path = newLock();
    await withFileLock(path, 0, async () => {
      await assert.rejects(
        withFileLock(path, 0, async () => {}),
        FileLockBusy,
      );
      const other = spawnLocker(path, `async () => {}`);
      const [code] = await once(other, "exit");
      assert.notEqual(code, 0, "another process took the lock");
    });
  });

  it("is free again when its holder was killed", async (context) => {
    const path = newLock();
    // The interval holds the promise: work that nothing refers to any more may be collected by
    // the garbage collector, and the lock with it.
    const holder = spawnLocker(
      path,
      `() => new Promise((resolve) => {
        setInterval(() => resolve, 1000);
        process.stdout.write("held");
      })`,
    );
    context.after(() => holder.kill("SIGKILL"));
    await once(holder.stdout, "data");
    await assert.rejects(
      withFileLock(path, 0, async () => {}),
      FileLockBusy,
    );
    holder.kill("SIGKILL");
    await once(holder, "exit");
    assert.equal(await withFileLock(path, 0, async () => "held"), "held");
  });
});

/** Another process that takes the lock at once or fails, and does `work` (source text) with it. */
function spawnLocker(path: string, work: string) {
  const script = `
    import { withFileLock } from ${JSON.stringify(import.meta.resolve("./file-lock.ts"))};
    await withFileLock(${JSON.stringify(path)}, 0, ${work});`;
  return spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "ignore"],
  });
}
