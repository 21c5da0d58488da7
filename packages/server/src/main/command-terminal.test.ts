import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { test } from "node:test";
import { askSecret, makeLine } from "./command-terminal.ts";

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

/** A keyboard that notes when its echo goes off and on. */
class FakeKeyboard extends PassThrough {
  readonly isTTY: boolean;
  readonly rawModes: boolean[] = [];

  constructor(isTTY: boolean) {
    super();
    this.isTTY = isTTY;
  }

  setRawMode(isRaw: boolean): void {
    this.rawModes.push(isRaw);
  }
}

test("a secret is never shown, and what is typed ahead answers the next question", async () => {
  const keyboard = new FakeKeyboard(true);
  const shown: string[] = [];
  const terminal = { write: (text: string) => shown.push(text) };
  keyboard.write("first\rsecond");
  const first = await askSecret("One: ", keyboard, terminal);
  keyboard.write("\rrest");
  const second = await askSecret("Two: ", keyboard, terminal);
  assert.deepEqual([first, second], ["first", "second"]);
  assert.deepEqual(keyboard.rawModes, [true, false, true, false]);
  assert.equal(shown.join(""), "One: \nTwo: \n");
});

test("a secret is not asked for where there is no terminal, and is none when it ends", async () => {
  const pipe = new FakeKeyboard(false);
  const terminal = { write: () => assert.fail("asked") };
  assert.equal(await askSecret("One: ", pipe, terminal), undefined);
  const closed = new FakeKeyboard(true);
  closed.end("half");
  assert.equal(await askSecret("One: ", closed, { write: () => undefined }), undefined);
});
