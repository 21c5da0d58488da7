import assert from "node:assert/strict";
import { test } from "node:test";
import type { PropertyId } from "@foyer/contract";
import fc from "fast-check";
import { idFrom } from "../fixtures.ts";
import { type LineSource, openLine, retryMs } from "./line.ts";

interface Timer {
  readonly at: number;
  readonly work: () => void;
}

/** A browser whose network and time the test moves. */
function stage() {
  const sources: LineSource[] = [];
  const addresses: string[] = [];
  const said: string[] = [];
  const timers = new Set<Timer>();
  let now = 0;
  const line = openLine(
    idFrom<PropertyId>(900),
    {
      event: (data) => said.push(`event ${data}`),
      up: () => said.push("up"),
      down: (isOffline) => said.push(isOffline ? "offline" : "down"),
      refused: (status) => said.push(`refused ${status}`),
    },
    {
      connect(address) {
        const source = { onopen: null, onmessage: null, onerror: null, close: () => undefined };
        sources.push(source);
        addresses.push(address);
        return source;
      },
      later(work, ms) {
        const timer = { at: now + ms, work };
        timers.add(timer);
        return () => timers.delete(timer);
      },
      now: () => now,
      random: () => 1,
      probe: async () => undefined,
    },
  );
  const pass = (ms: number) => {
    const until = now + ms;
    for (;;) {
      const [next] = [...timers].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at);
      if (!next) break;
      timers.delete(next);
      now = next.at;
      next.work();
    }
    now = until;
  };
  return { line, sources, addresses, said, pass };
}

function opened() {
  const staged = stage();
  staged.line.connect("c1", []);
  staged.sources.at(-1)?.onopen?.();
  return staged;
}

test("a server that is back is found within five seconds, however long it was gone", () => {
  const { sources, said, pass } = opened();
  sources.at(-1)?.onerror?.();
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const before = sources.length;
    pass(5_000);
    assert.ok(sources.length > before, `attempt ${attempt} came in time`);
    sources.at(-1)?.onerror?.();
  }
  pass(5_000);
  sources.at(-1)?.onopen?.();
  assert.equal(said.at(-1), "up");
});

test("waiting between attempts is never longer than five seconds, and never nothing", () => {
  fc.assert(
    fc.property(fc.nat(1_000), fc.double({ min: 0, max: 1, noNaN: true }), (failures, random) => {
      const ms = retryMs(failures, random);
      assert.ok(ms >= 250 && ms <= 5_000);
    }),
  );
});

test("a network that went is told at once, and one that is back is used at once", () => {
  const { line, sources, said } = opened();
  line.drop();
  assert.deepEqual(said, ["up", "offline"]);
  line.hurry();
  assert.equal(sources.length, 2);
});

test("coming back to a line that stands opens no second one", () => {
  const { line, sources, pass } = opened();
  pass(10_000);
  line.hurry();
  assert.equal(sources.length, 1);
});

test("coming back to a line that missed a sign of life opens it again", () => {
  const { line, sources, pass } = opened();
  pass(21_000);
  line.hurry();
  assert.equal(sources.length, 2);
});

test("a line that says nothing for two signs of life is opened again from the newest cursor", () => {
  const { sources, addresses, pass } = opened();
  sources.at(-1)?.onmessage?.({ data: "x", lastEventId: "c2" });
  pass(34_999);
  assert.equal(sources.length, 1);
  pass(1);
  assert.equal(sources.length, 2);
  assert.match(addresses.at(-1) ?? "", /cursor=c2/);
});

test("an attempt that hangs is given up, and the next one is made", () => {
  const { line, sources, said, pass } = stage();
  line.connect("c1", []);
  pass(10_000);
  assert.deepEqual(said, ["down"]);
  pass(5_000);
  assert.equal(sources.length, 2);
});

test("coming back leaves an attempt that has just begun to itself, not one that hangs", () => {
  const { line, sources, pass } = stage();
  line.connect("c1", []);
  pass(4_999);
  line.hurry();
  assert.equal(sources.length, 1);
  pass(1);
  line.hurry();
  assert.equal(sources.length, 2);
});

test("a line that was closed stays closed, whatever comes back", () => {
  const { line, sources, pass } = opened();
  line.close();
  line.hurry();
  line.drop();
  pass(100_000);
  assert.equal(sources.length, 1);
});
