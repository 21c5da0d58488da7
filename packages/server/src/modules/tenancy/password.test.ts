import assert from "node:assert/strict";
import { test } from "node:test";
import { hashPassword, verifyAgainstNobody, verifyPassword } from "./password.ts";

test("a password is kept as an argon2id hash at OWASP's cost, salted anew each time", async () => {
  const [one, other] = await Promise.all([hashPassword("a long one"), hashPassword("a long one")]);
  assert.match(one, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  assert.notEqual(one, other);
  assert.ok(!one.includes("a long one"));
});

test("a password opens its own hash, however its letters were composed, and no other", async () => {
  const hashed = await hashPassword("caf\u00e9 au lait, s'il vous pla\u00eet");
  assert.equal(await verifyPassword("cafe\u0301 au lait, s'il vous plai\u0302t", hashed), true);
  assert.equal(await verifyPassword("cafe au lait, s'il vous plait", hashed), false);
  assert.equal(await verifyPassword("", hashed), false);
});

test("nobody's password is never right, not even the one behind it", async () => {
  for (const guess of ["", "there is nobody here", "a long one"]) {
    assert.equal(await verifyAgainstNobody(guess), false);
  }
});
