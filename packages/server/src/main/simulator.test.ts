import assert from "node:assert/strict";
import { test } from "node:test";
import { createCarrier } from "@foyer/simulator";
import { FakeClock } from "../../test/world/fake-clock.ts";
import { eveningOf } from "./simulator.ts";

test("an evening calls back at its time, and once closed leaves nothing running", () => {
  const clock = new FakeClock();
  const carrier = createCarrier({ clock });
  const evening = eveningOf(carrier);
  const called: string[] = [];
  evening.after(1_000, () => called.push("soon"));
  evening.after(60_000, () => called.push("late"));
  clock.moveTo(clock.now() + 1_000);
  assert.deepEqual(called, ["soon"]);
  evening.close();
  carrier.close();
  assert.equal(clock.nextTimerAt, undefined);
});
