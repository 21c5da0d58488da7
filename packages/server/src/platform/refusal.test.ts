import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Fault, notFound, Refusal } from "./refusal.ts";

describe("refusals and faults", () => {
  it("tell nothing in their message but codes and names", () => {
    const facts = { facts: { version: 3 }, detail: "Read it again." };
    assert.equal(new Refusal("version.conflict", facts).message, "version.conflict");
    assert.equal(new Fault("carrier", "timeout", true).message, "carrier: timeout");
  });

  it("are the same for an id that does not exist and one that is somebody else's", () => {
    assert.deepEqual({ ...notFound() }, { ...notFound() });
    assert.equal(notFound().code, "resource.not_found");
    assert.deepEqual(notFound().parts, {});
  });
});
