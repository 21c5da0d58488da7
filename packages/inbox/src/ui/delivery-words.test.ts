import assert from "node:assert/strict";
import { test } from "node:test";
import { deliveryFailure } from "./delivery-words.ts";

test("what went wrong with a delivery is said in words, and a code is never shown", () => {
  assert.equal(deliveryFailure("not_for_this_number"), "It was meant for another number");
  assert.equal(deliveryFailure(null), "");
  for (const unknown of ["sunspots", "constructor", ""]) {
    assert.equal(deliveryFailure(unknown), "It was not processed");
  }
});

test("what was processed and not kept whole says what is missing", () => {
  const said = deliveryFailure("attachments_dropped");
  assert.equal(said, "It brought more attachments than are kept");
});
