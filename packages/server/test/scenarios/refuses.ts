import assert from "node:assert/strict";
import { Refused } from "@foyer/client";
import type { RefusalCode } from "@foyer/contract";

/** Says whether an error is this refusal, with these facts if any are given. */
export function refuses(code: RefusalCode, facts?: Readonly<Record<string, unknown>>) {
  return (error: unknown): boolean => {
    assert.ok(error instanceof Refused, String(error));
    assert.equal(error.problem.code, code);
    if (facts) assert.deepEqual(error.problem.facts, facts);
    return true;
  };
}
