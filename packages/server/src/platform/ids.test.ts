import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { idFromBytes, idToBytes, isId, mintId } from "./ids.ts";

describe("ids", () => {
  it("are UUIDs of version 7 that tell their millisecond", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 48 - 1 }), (now) => {
        const id = mintId(now);
        assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
        assert.equal(Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16), now);
      }),
    );
  });

  it("never come twice, and sort as they were minted within a millisecond", () => {
    const ids = Array.from({ length: 2_000 }, () => mintId<"entry">(1_800_000_000_000));
    assert.equal(new Set(ids).size, ids.length);
    assert.deepEqual(ids.toSorted(), ids);
  });

  it("are the same after they were bytes", () => {
    fc.assert(
      fc.property(fc.uuid(), (id) => {
        assert.equal(idToBytes(id).length, 16);
        assert.equal(idFromBytes(idToBytes(id)), id);
      }),
    );
  });

  it("are read from bytes that lie within others", () => {
    const id = mintId(1);
    const around = new Uint8Array(40);
    around.set(idToBytes(id), 9);
    assert.equal(idFromBytes(around.subarray(9, 25)), id);
  });

  it("are told from what only looks like one", () => {
    const id = mintId(1);
    assert.ok(isId(id));
    const others = ["", id.toUpperCase(), `${id} `, id.replaceAll("-", ""), `${id.slice(0, 35)}g`];
    assert.deepEqual(
      others.map(isId),
      others.map(() => false),
    );
  });
});
