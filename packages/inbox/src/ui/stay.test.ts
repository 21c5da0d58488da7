import assert from "node:assert/strict";
import { test } from "node:test";
import { momentOf, placeOf, stayParts } from "./stay.ts";

const zone = "America/Chicago";
/** 22 November, noon in Chicago. */
const now = Date.parse("2026-11-22T18:00:00Z");
const nothing = { room: null, arrivalOn: null, departureOn: null, isVip: false, title: null };
const stay = (change: Partial<Parameters<typeof stayParts>[0]>) => ({ ...nothing, ...change });
const parts = (change: Parameters<typeof stay>[0]) =>
  stayParts(stay(change), now, zone).join(" · ");

test("a guest in house is told by room and by when they leave", () => {
  const dates = { arrivalOn: "2026-11-20", departureOn: "2026-11-23" };
  assert.equal(parts({ room: "412", ...dates, isVip: true }), "Room 412 · leaves tomorrow · VIP");
  assert.equal(parts(dates), "Leaves tomorrow");
  assert.equal(parts({ room: "412" }), "Room 412");
  assert.equal(parts({ isVip: true }), "VIP");
  assert.equal(parts({}), "");
});

test("tomorrow is the property's tomorrow, not the reader's", () => {
  const lateEvening = Date.parse("2026-11-23T05:30:00Z");
  const leaves = stay({ departureOn: "2026-11-23" });
  assert.deepEqual(momentOf(leaves, lateEvening, zone), { kind: "leaves", when: "tomorrow" });
  assert.deepEqual(momentOf(leaves, lateEvening, "Asia/Tokyo"), { kind: "leaves", when: "today" });
});

test("days that are near are called by name, others by date", () => {
  const moment = (change: Parameters<typeof stay>[0]) => {
    const is = momentOf(stay(change), now, zone);
    return is.kind === "unknown" ? "" : `${is.kind} ${is.when}`;
  };
  assert.equal(moment({ arrivalOn: "2026-11-27" }), "arrives Fri");
  assert.equal(moment({ arrivalOn: "2026-12-05" }), "arrives 5 Dec");
  assert.equal(moment({ arrivalOn: "2027-11-05" }), "arrives 5 Nov 2027");
  assert.equal(moment({ departureOn: "2026-11-21" }), "left yesterday");
  assert.equal(moment({ departureOn: "2026-11-18" }), "left 18 Nov");
  assert.equal(moment({ arrivalOn: "not a date" }), "");
});

test("a room stands beside a name only as long as it is that guest's", () => {
  const place = (change: Parameters<typeof stay>[0]) => placeOf(stay(change), now, zone);
  assert.deepEqual(place({ room: "412", departureOn: "2026-11-22" }), {
    kind: "room",
    room: "412",
  });
  const left = { kind: "moment", text: "Left yesterday" };
  assert.deepEqual(place({ room: "412", departureOn: "2026-11-21" }), left);
  assert.deepEqual(place({ arrivalOn: "2026-11-27" }), { kind: "moment", text: "Arrives Fri" });
  assert.equal(place({ departureOn: "2026-11-27" }), null);
});
