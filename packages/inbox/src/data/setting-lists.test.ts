import assert from "node:assert/strict";
import { test } from "node:test";
import type { Field, FieldId } from "@foyer/contract";
import fc from "fast-check";
import { movedTo } from "./fields.ts";
import { idFrom } from "./fixtures.ts";
import { withListed } from "./setting-lists.ts";

const one = { id: "1", version: 2, name: "Gold" };
const other = { id: "2", version: 1, name: "Late" };

test("an answer takes the place of what it changes, and something new comes last", () => {
  const renamed = { ...one, version: 3, name: "Golden" };
  assert.deepEqual(withListed([one, other], renamed), [renamed, other]);
  const made = { id: "3", version: 1, name: "New" };
  assert.deepEqual(withListed([one, other], made), [one, other, made]);
});

test("an answer that is older than what is shown changes nothing", () => {
  assert.deepEqual(withListed([one, other], { ...one, version: 1, name: "Old" }), [one, other]);
});

function fieldAt(position: number): Field {
  const rest = { kind: "text" as const, options: [], purpose: null, version: 1 };
  return { id: idFrom<FieldId>(position), name: `Field ${position}`, position, ...rest };
}

test("a field that is moved stands where it was put, and the others keep their order", () => {
  const sizes = fc.integer({ min: 1, max: 50 }).chain((size) => {
    const place = fc.integer({ min: 0, max: size - 1 });
    return fc.tuple(fc.constant(size), place, place);
  });
  fc.assert(
    fc.property(sizes, ([size, from, to]) => {
      const fields = Array.from({ length: size }, (_, at) => fieldAt(at));
      const moved = movedTo(fields, idFrom<FieldId>(from), to);
      assert.equal(moved[to]?.id, idFrom<FieldId>(from));
      assert.deepEqual(
        moved.map(({ position }) => position),
        fields.map(({ position }) => position),
      );
      const rest = (all: readonly Field[]) =>
        all.filter(({ id }) => id !== idFrom<FieldId>(from)).map(({ id }) => id);
      assert.deepEqual(rest(moved), rest(fields));
    }),
  );
});

test("a field that somebody retired meanwhile is not moved", () => {
  const fields = [fieldAt(0), fieldAt(1)];
  assert.deepEqual(movedTo(fields, idFrom<FieldId>(9), 0), fields);
});
