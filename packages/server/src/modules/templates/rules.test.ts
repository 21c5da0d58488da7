import assert from "node:assert/strict";
import { test } from "node:test";
import { findFlaws, findTaken } from "./rules.ts";

const known = new Set(["room"]);

test("a template asks for nothing that nobody knows, and speaks each language once", () => {
  const texts = [
    { language: "en", text: "Room {room} is ready." },
    { language: "de", text: "{zimmer} ist bereit, {anrede}." },
    { language: "EN", text: "{Room} { anything }" },
  ];
  assert.deepEqual(findFlaws({ name: "Ready", shortcut: "ready", texts }, known), [
    { field: "texts.1.text", issue: "asks for {zimmer}, which nothing here fills" },
    { field: "texts.1.text", issue: "asks for {anrede}, which nothing here fills" },
    { field: "texts.2.language", issue: "is there twice" },
  ]);
});

test("name and shortcut are each taken by themselves, the name however it is written", () => {
  const others = [{ name: "Two  towels", shortcut: "towels" }];
  const fields = (name: string, shortcut: string) =>
    findTaken({ name, shortcut }, others).map(({ field }) => field);
  assert.deepEqual(fields("TWO towels", "tow"), ["name"]);
  assert.deepEqual(fields("Towels", "towels"), ["shortcut"]);
  assert.deepEqual(fields("two towels", "towels"), ["name", "shortcut"]);
  assert.deepEqual(fields("Towels", "tow"), []);
});
