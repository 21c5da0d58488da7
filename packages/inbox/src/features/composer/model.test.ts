import assert from "node:assert/strict";
import { test } from "node:test";
import type { Channel } from "@foyer/contract";
import fc from "fast-check";
import { idFrom } from "../../data/fixtures.ts";
import { countOf, hindranceOf, markedIn, rangeOf, sendsBy, shortNameOf } from "./model.ts";

const sms: Channel = {
  id: idFrom(901),
  kind: "simulator",
  medium: "sms",
  address: "+13125550100",
  formatted: "+1 312 555 0100",
  isActive: true,
  capabilities: {
    textCharactersMax: 1_600,
    hasSubject: false,
    windowMs: null,
    reportsRead: true,
    attachmentsMax: 10,
    attachmentBytesMax: 5_000_000,
    hasSegments: true,
  },
};
const count = (text: string) => countOf(text, "message", sms);

test("the counter appears from 120 characters, and says when it is too much", () => {
  assert.equal(count("a".repeat(119)).isShown, false);
  const shown = count("a".repeat(120));
  assert.deepEqual([shown.isShown, shown.segments, shown.segmentLeft], [true, 1, 40]);
  assert.deepEqual([count("a".repeat(161)).segments, count("a".repeat(161)).isOver], [2, false]);
  assert.equal(count("a".repeat(1_601)).isOver, true);
});

test("a short text that takes two messages is told too", () => {
  const emoji = count("🌊".repeat(40));
  assert.deepEqual([emoji.isShown, emoji.segments], [true, 2]);
});

test("a note is not cut into messages, and its counter waits until it matters", () => {
  const note = countOf("a".repeat(500), "note", sms);
  assert.deepEqual([note.isShown, note.segments], [false, null]);
  assert.equal(countOf("a".repeat(95_000), "note", sms).isShown, true);
});

test("blanks around a text are not sent and not counted", () => {
  assert.equal(count("   \n ").used, 0);
});

const enter = {
  key: "Enter",
  shiftKey: false,
  altKey: false,
  hasMod: false,
  isComposing: false,
  keyCode: 13,
};

test("Enter sends, Shift with Enter makes a line, with ⌘ or Ctrl it sends and closes", () => {
  assert.equal(sendsBy(enter), "send");
  assert.equal(sendsBy({ ...enter, hasMod: true }), "send");
  assert.equal(sendsBy({ ...enter, shiftKey: true }), null);
  assert.equal(sendsBy({ ...enter, shiftKey: true, hasMod: true }), "send_and_close");
});

test("Enter that ends a character being composed does not send", () => {
  assert.equal(sendsBy({ ...enter, isComposing: true }), null);
  assert.equal(sendsBy({ ...enter, keyCode: 229 }), null);
});

test("a guest is addressed by first name, or by number", () => {
  assert.equal(shortNameOf("Ada Nguyen", true), "Ada");
  assert.equal(shortNameOf("(312) 555-0148", false), "(312) 555-0148");
});

const written = (text: string, change = {}) => ({
  kind: "message" as const,
  text,
  count: count(text),
  attached: 0,
  uploading: 0,
  refusedFiles: 0,
  knownPlaceholders: ["room", "first_name"],
  ...change,
});
const why = (...given: Parameters<typeof written>) => hindranceOf(written(...given));

test("a placeholder that is not filled in stops the sending and is named; other braces do not", () => {
  assert.deepEqual(why("Dear {First_Name}, room {room} is ready"), {
    kind: "unfilled",
    names: ["first_name", "room"],
  });
  assert.equal(why("The code is {4711}"), null);
  assert.equal(why("room {room}", { kind: "note" }), null);
});

test("nothing is sent without words, unless a picture is sent; nothing before files are up", () => {
  assert.deepEqual(why(" "), { kind: "nothing_said" });
  assert.equal(why(" ", { attached: 1 }), null);
  assert.deepEqual(why("Here", { uploading: 1 }), { kind: "uploading" });
  assert.deepEqual(why("Here", { refusedFiles: 1 }), { kind: "file_refused" });
});

test("what is marked is cut out whole, and no letter is lost", () => {
  assert.deepEqual(markedIn("Room {room}!", ["{room}"]), [
    { text: "Room ", isMarked: false },
    { text: "{room}", isMarked: true },
    { text: "!", isMarked: false },
  ]);
  assert.equal(markedIn("Room 412", ["{room}"]), null);
  fc.assert(
    fc.property(fc.array(fc.string()), fc.array(fc.string()), (parts, marks) => {
      const text = parts.flatMap((part, at) => [part, marks[at] ?? ""]).join("");
      const shown = markedIn(text, marks);
      assert.equal(shown?.map((one) => one.text).join("") ?? text, text);
    }),
  );
});

test("a placeholder is found to be selected, however it was written", () => {
  assert.deepEqual(rangeOf("In {Room} now", "room"), { from: 3, to: 9 });
  assert.equal(rangeOf("In 412 now", "room"), null);
});
