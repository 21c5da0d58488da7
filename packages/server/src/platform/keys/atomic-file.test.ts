import assert from "node:assert/strict";
import { link, mkdtemp, open, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { type FileSteps, fileSteps, replaceFile } from "./atomic-file.ts";

const folder = await mkdtemp(join(tmpdir(), "foyer-atomic-"));
after(() => rm(folder, { recursive: true }));

class Crash extends Error {}

/** File steps that stop working for good after `budget` calls, as a killed process does. */
function stepsThatCrash(budget: number): FileSteps {
  let left = budget;
  const spend = () => {
    left -= 1;
    if (left < 0) throw new Crash();
  };
  const guardHandle = (handle: object): object =>
    new Proxy(handle, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== "function") return value;
        return (...inputs: unknown[]) => {
          if (name !== "close") spend();
          return Reflect.apply(value, target, inputs);
        };
      },
    });
  return new Proxy(fileSteps, {
    get(target, name) {
      const step: unknown = Reflect.get(target, name);
      if (typeof step !== "function") return step;
      return async (...inputs: unknown[]) => {
        spend();
        const result: unknown = await Reflect.apply(step, undefined, inputs);
        return name === "open" && result instanceof Object ? guardHandle(result) : result;
      };
    },
  });
}

async function replaceOrCrash(path: string, content: string, budget: number): Promise<boolean> {
  try {
    await replaceFile(path, Buffer.from(content), stepsThatCrash(budget));
    return true;
  } catch (error) {
    assert.ok(error instanceof Crash);
    return false;
  }
}

describe("replacing a file of secrets", () => {
  it("leaves the old or the new content, wherever it is interrupted", async () => {
    let interruptions = 0;
    for (let finished = false; !finished; interruptions += 1) {
      const path = join(folder, `crash-${interruptions}`);
      await replaceFile(path, Buffer.from("old"));
      finished = await replaceOrCrash(path, "new content", interruptions);
      const found = await readFile(path, "utf8");
      assert.ok(found === "old" || found === "new content", `after ${interruptions} steps`);
      if (finished) assert.equal(found, "new content");
      await replaceFile(path, Buffer.from("newest"));
      assert.equal(await readFile(path, "utf8"), "newest");
      const left = (await readdir(folder)).filter((name) =>
        name.startsWith(`crash-${interruptions}.`),
      );
      assert.deepEqual(left, [], `after ${interruptions} steps`);
    }
    assert.ok(interruptions > 15);
  });

  it("overwrites what the old file held, also if it was interrupted before", async () => {
    for (const budget of [Number.POSITIVE_INFINITY, 12, 13, 14, 15]) {
      const path = join(folder, `erased-${budget}`);
      const witness = join(folder, `witness-${budget}`);
      await writeFile(path, "the old key");
      await link(path, witness);
      await replaceOrCrash(path, "the new key", budget);
      await replaceFile(path, Buffer.from("the newest key"));
      assert.equal(await readFile(witness, "utf8"), "\0".repeat("the old key".length));
    }
  });

  it("makes a file that only its owner can read", async () => {
    const path = join(folder, "private");
    await replaceFile(path, Buffer.from("key"));
    const file = await open(path, "r");
    const { mode } = await file.stat();
    await file.close();
    assert.equal(mode & 0o777, 0o600);
  });
});
