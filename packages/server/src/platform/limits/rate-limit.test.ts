import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createRateLimiter } from "./rate-limit.ts";

function limiterAt(startsAt: number, keysMax = 100) {
  const time = { now: startsAt };
  const clock = { now: () => time.now, monotonic: () => time.now };
  return { time, limiter: createRateLimiter(clock, { usesMax: 3, windowMs: 60_000, keysMax }) };
}

const allowed = (taken: readonly { isAllowed: boolean }[]) => taken.map((each) => each.isAllowed);

describe("rate limit", () => {
  it("allows so many uses in a window, and again in the next", () => {
    const { time, limiter } = limiterAt(0);
    const take = () => limiter.take("ada");
    assert.deepEqual(allowed([take(), take(), take(), take()]), [true, true, true, false]);
    time.now = 59_999;
    assert.equal(take().isAllowed, false);
    time.now = 60_000;
    assert.equal(take().isAllowed, true);
  });

  it("says for how many whole seconds to stay away, and at least for one", () => {
    const { time, limiter } = limiterAt(0);
    for (let use = 0; use < 4; use += 1) limiter.take("ada");
    time.now = 30_500;
    assert.equal(limiter.take("ada").retryAfterSeconds, 30);
    time.now = 59_999;
    assert.equal(limiter.take("ada").retryAfterSeconds, 1);
  });

  it("counts each key by itself, and forgets one that is cleared", () => {
    const { limiter } = limiterAt(0);
    for (let use = 0; use < 4; use += 1) limiter.take("ada");
    assert.equal(limiter.take("bob").isAllowed, true);
    limiter.clear("ada");
    assert.equal(limiter.take("ada").isAllowed, true);
  });

  it("remembers so many keys and forgets the oldest first", () => {
    const { limiter } = limiterAt(0, 2);
    for (let use = 0; use < 4; use += 1) limiter.take("ada");
    for (let use = 0; use < 4; use += 1) limiter.take("bob");
    limiter.take("eve");
    assert.equal(limiter.take("bob").isAllowed, false);
    assert.equal(limiter.take("ada").isAllowed, true);
  });
});
