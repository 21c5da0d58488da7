import assert from "node:assert/strict";
import { test } from "node:test";
import { type PropertyId, type Role, rights, rightsOf, roles } from "@foyer/contract";
import fc from "fast-check";
import {
  answersAt,
  foldName,
  isBeyondOwn,
  isCountry,
  isEmail,
  isSessionLive,
  isTimeZone,
  leavesAt,
  normalizeEmail,
} from "./rules.ts";

const limits = { idleMs: 1_000, absoluteMs: 10_000 };
const session = { ended_at: null, last_seen_at: 5_000, expires_at: 10_000 };

test("a session is over when it was left alone too long, to the millisecond", () => {
  assert.equal(isSessionLive(session, 5_999, limits), true);
  assert.equal(isSessionLive(session, 6_000, limits), false);
});

test("a session is over when it is too old, however much it is used", () => {
  const used = { ...session, last_seen_at: 9_999 };
  assert.equal(isSessionLive(used, 9_999, limits), true);
  assert.equal(isSessionLive(used, 10_000, limits), false);
});

test("a session that was ended is over, whatever the clock says", () => {
  fc.assert(
    fc.property(fc.integer(), fc.nat(), (now, endedAt) => {
      assert.equal(isSessionLive({ ...session, ended_at: endedAt }, now, limits), false);
    }),
  );
});

test("an e-mail signs in however it was typed", () => {
  for (const typed of ["Ada@Example.com", "  ada@example.com\n", "ＡＤＡ@example.com"]) {
    assert.equal(normalizeEmail(typed), "ada@example.com");
  }
});

test("who may what is decided here, and changes with intent only", () => {
  const table = Object.entries(rights).map(([right, may]) => {
    const marks = roles.map((role) => ((may as readonly string[]).includes(role) ? "x" : "."));
    return `${marks.join("")} ${right}`;
  });
  assert.deepEqual(
    [roles.join(" "), ...table],
    [
      "owner administrator supervisor agent read_only",
      "xxxxx conversation.read",
      "xxxx. conversation.reply",
      "xxxx. conversation.note",
      "xxxx. conversation.assign",
      "xxxx. conversation.close",
      "xxxx. conversation.start",
      "xxxxx contact.read",
      "xxxx. contact.edit",
      "xxx.. contact.block",
      "xxx.. delivery.read",
      "xxx.. delivery.replay",
      "xxxxx property.read",
      "xxx.. property.lead",
      "xx... property.manage",
      "xx... channel.manage",
      "xx... agent.manage",
      "xxxxx session.own",
    ],
  );
});

const all = ["grand", "beach", "hill"] as PropertyId[];
const role = fc.constantFrom(...roles);
const places = fc.uniqueArray(fc.constantFrom(...all));
const agent = fc.record({ role, isActive: fc.boolean(), propertyIds: places });

test("whoever is granted something by somebody has no right that the other lacks", () => {
  const standing = fc.record({ role, propertyIds: places.map((ids) => new Set(ids)) });
  fc.assert(
    fc.property(standing, role, places, (manager, granted, propertyIds) => {
      if (isBeyondOwn(manager, granted, propertyIds)) return;
      const own = new Set(rightsOf(manager.role));
      assert.deepEqual(
        rightsOf(granted).filter((right) => !own.has(right)),
        [],
      );
      assert.ok(propertyIds.every((id) => manager.propertyIds.has(id)));
    }),
  );
});

test("an owner alone makes owners, and everybody may give what they are", () => {
  const everywhere = (of: Role) => ({ role: of, propertyIds: new Set(all) });
  for (const manager of roles) {
    assert.equal(isBeyondOwn(everywhere(manager), manager, all), false, manager);
    assert.equal(isBeyondOwn(everywhere(manager), "owner", []), manager !== "owner", manager);
  }
});

test("who leaves answers there no longer, and whoever stays leaves nothing", () => {
  fc.assert(
    fc.property(agent, agent, (before, after) => {
      const left = leavesAt(before, after, all);
      const [had, has] = [answersAt(before, all), answersAt(after, all)];
      assert.deepEqual(new Set([...left, ...had.filter((id) => has.includes(id))]), new Set(had));
      assert.ok(!left.some((id) => has.includes(id)));
      assert.deepEqual(leavesAt(before, before, all), []);
      const gone = { ...after, isActive: false };
      assert.deepEqual(new Set(leavesAt(before, gone, all)), new Set(had));
    }),
  );
});

test("whoever only reads holds nothing, wherever they work", () => {
  assert.deepEqual(answersAt({ role: "read_only", isActive: true, propertyIds: all }, all), []);
  assert.deepEqual(answersAt({ role: "owner", isActive: true, propertyIds: [] }, all), all);
});

test("a zone is one by name, and an offset is none", () => {
  for (const zone of ["Europe/Lisbon", "UTC", "America/Argentina/Buenos_Aires", "Asia/Calcutta"]) {
    assert.ok(isTimeZone(zone), zone);
  }
  for (const zone of ["", "+01:00", "-05", "Lisbon", "Europe/Nowhere", "Europe/Lisbon "]) {
    assert.ok(!isTimeZone(zone), zone);
  }
});

test("a country is one whose numbers can be read", () => {
  for (const country of ["US", "PT", "GB", "XK"]) assert.ok(isCountry(country), country);
  for (const country of ["", "ZZ", "UK", "EU", "us", "USA", "__proto__"]) {
    assert.ok(!isCountry(country), country);
  }
});

test("an e-mail is one that can exist", () => {
  for (const email of ["ada@example.com", "ada+late@hotel.co.uk"]) assert.ok(isEmail(email));
  for (const email of ["", "ada", "ada@", "@example.com", "a b@example.com", "a@b@c.example"]) {
    assert.ok(!isEmail(email), email);
  }
  assert.ok(!isEmail(`${"a".repeat(250)}@example.com`));
});

test("names that read the same are the same", () => {
  for (const name of ["Front desk", " FRONT  DESK ", "Ｆront\tdesk"]) {
    assert.equal(foldName(name), "front desk");
  }
});
