import assert from "node:assert/strict";
import { test } from "node:test";
import { makeLine } from "./command-terminal.ts";

function type(keys: string): { text: string | undefined } | undefined {
  const line = makeLine();
  for (const key of keys) {
    const ended = line.take(key);
    if (ended !== undefined) return ended;
  }
  return undefined;
}

test("a secret typed on the terminal ends with Enter, and may be mended", () => {
  assert.deepEqual(type("hidden\r"), { text: "hidden" });
  assert.deepEqual(type("hx\u007fidden\n"), { text: "hidden" });
  assert.deepEqual(type("wrong\u0015right\r"), { text: "right" });
  assert.deepEqual(type("a\u001bb😀\u007f\r"), { text: "ab" });
  assert.equal(type("still typing"), undefined);
});

test("a secret that somebody gives up on is none", () => {
  assert.deepEqual(type("half\u0003"), { text: undefined });
  assert.deepEqual(type("\u0004"), { text: undefined });
});
