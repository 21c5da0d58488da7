import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  builtInPlaceholders,
  placeholderOf,
  placeholdersIn,
  renderTemplate,
  unfilledPlaceholders,
} from "./placeholders.ts";

const ada = new Map<string, string | null>([
  ["first_name", "Ada"],
  ["room", "412"],
  ["departure", null],
  ["title", "  "],
]);

test("a text is filled with what is known, and says what is not", () => {
  const text = "Dear {title} {first_name}, room {room} is yours until {departure}. {Room}!";
  assert.deepEqual(renderTemplate(text, ada), {
    text: "Dear {title} Ada, room 412 is yours until {departure}. 412!",
    unfilled: ["title", "departure"],
  });
});

test("a name that nobody knows is unfilled, whatever it is", () => {
  const text = "{constructor} {__proto__} {toString} {late_arrival}";
  const rendered = renderTemplate(text, ada);
  assert.equal(rendered.text, text);
  assert.deepEqual(rendered.unfilled, ["constructor", "__proto__", "tostring", "late_arrival"]);
});

test("braces around anything but a name are text", () => {
  for (const text of ["{}", "{ }", "{{", "a } b {", "{first name}", "{:-)}", "{room", "room}"]) {
    assert.deepEqual(renderTemplate(text, ada), { text, unfilled: [] }, text);
  }
  assert.equal(renderTemplate("{{room}}", ada).text, "{412}");
});

test("a custom field is asked for by its name in small letters and underscores", () => {
  assert.equal(placeholderOf("Late arrival?"), "late_arrival");
  assert.equal(placeholderOf("  Späte  Anreise "), "späte_anreise");
  assert.equal(placeholderOf("Étage / Vue"), "étage_vue");
  assert.equal(placeholderOf("部屋"), "部屋");
  assert.equal(placeholderOf("???"), "");
});

test("of a reply only the placeholders that mean something here are held against it", () => {
  const text = "Hello {first_name}, {smile} your {ROOM} is {room}";
  assert.deepEqual(unfilledPlaceholders(text, builtInPlaceholders), ["first_name", "room"]);
  assert.deepEqual(unfilledPlaceholders(text, ["smile"]), ["smile"]);
  assert.deepEqual(unfilledPlaceholders("{ room }", builtInPlaceholders), []);
});

const names = fc.constantFrom("first_name", "room", "agent", "nobody");
const literal = fc.stringMatching(/^[^{}]*$/);
const braces = fc.constantFrom("{", "}", "{}", "{ room }", "{first name}", "{-}", "{{ }}");

test("no placeholder inside a value is ever filled", () => {
  const value = fc.tuple(literal, names, literal).map(([a, name, b]) => `x${a}{${name}}${b}x`);
  fc.assert(
    fc.property(fc.array(names, { minLength: 1 }), value, (asked, held) => {
      const values = new Map(["first_name", "room", "agent", "nobody"].map((name) => [name, held]));
      const text = asked.map((name) => `{${name}}`).join(" ");
      const rendered = renderTemplate(text, values);
      assert.equal(rendered.text, asked.map(() => held).join(" "));
      assert.deepEqual(rendered.unfilled, []);
    }),
  );
});

test("what is no placeholder comes through as it was written", () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(literal, braces)), (parts) => {
      const text = parts.join(" ");
      fc.pre(placeholdersIn(text).length === 0);
      assert.deepEqual(renderTemplate(text, ada), { text, unfilled: [] });
    }),
  );
});

test("a text is filled, or says that it is not: nothing known is left in silence", () => {
  const part = fc.oneof(
    literal,
    braces,
    names.map((name) => `{${name}}`),
  );
  fc.assert(
    fc.property(fc.array(part), (parts) => {
      const { text, unfilled } = renderTemplate(parts.join(" "), ada);
      assert.deepEqual(placeholdersIn(text), unfilled);
    }),
  );
});

test("a field's placeholder is always one that a text can ask for", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (fieldName) => {
      const name = placeholderOf(fieldName);
      if (name !== "") assert.deepEqual(placeholdersIn(`{${name}}`), [name]);
    }),
  );
});
