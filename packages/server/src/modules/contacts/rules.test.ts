import assert from "node:assert/strict";
import { test } from "node:test";
import type { Field, FieldValue } from "@foyer/contract";
import fc from "fast-check";
import {
  areOptionsValid,
  checkValue,
  comparedName,
  decideConsent,
  decideWord,
  firstFields,
  moved,
} from "./rules.ts";

const kinds: readonly Field["kind"][] = ["text", "number", "yes_no", "date", "choice"];
const options = ["Sea view", "Garden"];
const values: fc.Arbitrary<FieldValue> = fc.oneof(
  fc.string({ minLength: 1 }),
  fc.double(),
  fc.boolean(),
  fc.constantFrom(...options),
  fc.constantFrom(
    "2026-11-24",
    "2024-02-29",
    "2026-02-29",
    "2026-13-01",
    "0000-00-00",
    "24.11.2026",
  ),
);

const held = (kind: Field["kind"], value: FieldValue) => checkValue({ kind, options }, value);

test("a field holds what its kind says, as it was given, and says of all else what to do", () => {
  fc.assert(
    fc.property(fc.constantFrom(...kinds), values, (kind, value) => {
      const verdict = held(kind, value);
      if ("issue" in verdict) assert.match(verdict.issue, /^must be /);
      else assert.deepEqual(verdict, { value });
    }),
  );
});

test("a date is a day that exists: the calendar's own days and no others", () => {
  const dayMs = 86_400_000;
  fc.assert(
    fc.property(fc.integer({ min: -719_162, max: 2_932_896 }), (day) => {
      const text = new Date(day * dayMs).toISOString().slice(0, 10);
      assert.deepEqual(held("date", text), { value: text });
    }),
  );
  fc.assert(
    fc.property(fc.tuple(fc.nat(9_999), fc.nat(99), fc.nat(99)), ([year, month, day]) => {
      const [y, m, d] = [String(year).padStart(4, "0"), ...[month, day].map(twoDigits)];
      const text = `${y}-${m}-${d}`;
      const instant = new Date(`${text}T00:00:00Z`);
      const exists = !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(text);
      assert.equal("value" in held("date", text), exists, text);
    }),
  );
  for (const other of [
    "2026-11-24T10:00:00Z",
    " 2026-11-24",
    "2026-1-4",
    "today",
    true,
    20_261_124,
  ]) {
    assert.ok("issue" in held("date", other), String(other));
  }
});

test("a number is a finite one, and no text that looks like one", () => {
  fc.assert(
    fc.property(fc.double(), (number) => {
      assert.equal("value" in held("number", number), Number.isFinite(number));
      assert.ok("issue" in held("number", String(number)));
    }),
  );
});

test("a choice is one of the options, letter by letter", () => {
  assert.deepEqual(held("choice", "Garden"), { value: "Garden" });
  for (const other of ["garden", "Garden ", "", true, 0])
    assert.ok("issue" in held("choice", other));
});

test("yes and no are no texts, and a text is no number", () => {
  assert.deepEqual(held("yes_no", false), { value: false });
  for (const other of ["true", 1, "yes"]) assert.ok("issue" in held("yes_no", other));
  assert.ok("issue" in held("text", 412));
  assert.deepEqual(held("text", "412"), { value: "412" });
});

test("a choice needs options, each once, and nothing else takes any", () => {
  for (const kind of kinds) {
    assert.equal(areOptionsValid(kind, []), kind !== "choice");
    assert.equal(areOptionsValid(kind, ["one", "two"]), kind === "choice");
    assert.equal(areOptionsValid(kind, ["one", "one"]), false);
  }
});

test("names are the same whatever their case, their spaces and how they are composed", () => {
  for (const name of ["Café  Bar", " café bar ", "CAFE\u0301 BAR"]) {
    assert.equal(comparedName(name), "café bar");
  }
});

test("a field that is moved stands where it was put, and no other is lost or turned round", () => {
  const list = fc.uniqueArray(fc.integer(), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(list, fc.nat(11), fc.nat(20), (things, pick, position) => {
      const thing = things[pick % things.length] as number;
      const after = moved(things, thing, position);
      assert.equal(after.indexOf(thing), Math.min(position, things.length - 1));
      const others = (all: readonly number[]) => all.filter((one) => one !== thing);
      assert.deepEqual(others(after), others(things));
    }),
  );
});

test("the house itself reads five fields, each of them once", () => {
  const purposes = firstFields.map(({ purpose }) => purpose);
  assert.deepEqual(purposes, ["room", "arrival", "departure", "vip", "title"]);
  for (const { kind, options: own } of firstFields) assert.ok(areOptionsValid(kind, own));
});

const states = fc.constantFrom("opted_in" as const, "opted_out" as const);
const grounds = fc.constantFrom(
  "guest_wrote" as const,
  "asked_in_person" as const,
  "booking_form" as const,
  "asked_by_phone" as const,
  "keyword" as const,
);
const agentGrounds = fc.constantFrom("asked_in_person" as const, "booking_form" as const);

type Known = Parameters<typeof decideConsent>[0];
type Act = { readonly own: "stop" | "start" } | NonNullable<Known>;

function after(known: Known, act: Act): Known {
  if ("own" in act) return decideWord(known, act.own) ?? known;
  return decideConsent(known, act) === "write" ? act : known;
}

test("whatever agents record, in any order: a guest's own STOP stands until the guest's START", () => {
  const act: fc.Arbitrary<Act> = fc.oneof(
    fc.constantFrom({ own: "stop" as const }, { own: "start" as const }),
    fc.record({ state: states, ground: agentGrounds }),
  );
  fc.assert(
    fc.property(fc.array(act, { maxLength: 12 }), (acts) => {
      const known = acts.reduce<Known>(after, undefined);
      const last = acts.findLastIndex((one) => "own" in one && one.own === "stop");
      const since = last < 0 ? [] : acts.slice(last);
      if (since.length === 0 || since.some((one) => "own" in one && one.own === "start")) return;
      assert.deepEqual([known?.state, known?.ground], ["opted_out", "keyword"]);
    }),
  );
  for (const own of ["stop", "start"] as const) {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 12 }), (acts) => {
        const known = [...acts, { own }].reduce<Known>(after, undefined);
        assert.equal(known?.state, own === "stop" ? "opted_out" : "opted_in");
      }),
    );
  }
});

test("what is known already is not written down again", () => {
  fc.assert(
    fc.property(states, grounds, (state, ground) => {
      const known = { state, ground };
      const decision = decideConsent(known, known);
      assert.notEqual(decision, "write");
    }),
  );
  assert.equal(decideConsent(undefined, { state: "opted_in", ground: "booking_form" }), "write");
});

function twoDigits(number: number): string {
  return String(number).padStart(2, "0");
}
