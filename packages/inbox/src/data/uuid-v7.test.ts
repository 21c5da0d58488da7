import assert from "node:assert/strict";
import { test } from "node:test";
import { idOf } from "@foyer/contract";
import fc from "fast-check";
import { mintUuidV7 } from "./uuid-v7.ts";

const instants = fc.integer({ min: 0, max: 2 ** 48 - 1 });
const randomBytes = fc.uint8Array({ minLength: 10, maxLength: 10 });

test("a minted id is one that the contract accepts, of version 7 and the RFC's variant", () => {
  fc.assert(
    fc.property(instants, randomBytes, (now, random) => {
      const id = mintUuidV7(now, random);
      assert.equal(idOf().safeParse(id).success, true);
      assert.match(id, /^.{14}7.{4}[89ab]/);
    }),
  );
});

test("a minted id begins with its instant, so that later ids sort after earlier ones", () => {
  fc.assert(
    fc.property(instants, instants, randomBytes, (one, other, random) => {
      const [earlier, later] = one < other ? [one, other] : [other, one];
      assert.equal(Number.parseInt(mintUuidV7(one, random).replace("-", "").slice(0, 12), 16), one);
      if (earlier < later) assert.ok(mintUuidV7(earlier, random) < mintUuidV7(later, random));
    }),
  );
});
