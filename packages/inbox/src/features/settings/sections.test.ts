import assert from "node:assert/strict";
import { test } from "node:test";
import { type Role, roleMay } from "@foyer/contract";
import { asSection, mayChange, type SectionId, sectionIds, sectionsFor } from "./sections.ts";

const mayAs = (role: Role) => (right: Parameters<typeof roleMay>[1]) => roleMay(role, right);

function changeable(role: Role): SectionId[] {
  return sectionIds.filter((id) => mayChange(id, mayAs(role)));
}

test("an agent reads the settings and changes none", () => {
  const seen = sectionsFor(mayAs("agent")).map(({ id }) => id);
  assert.deepEqual(seen, ["property", "channels", "teams", "labels", "fields", "templates"]);
  assert.deepEqual(changeable("agent"), []);
});

test("a supervisor changes labels and templates", () => {
  assert.deepEqual(changeable("supervisor"), ["labels", "templates"]);
});

test("an administrator changes everything", () => {
  assert.deepEqual(changeable("administrator"), [...sectionIds]);
});

test("an address that names no section leads to none", () => {
  assert.equal(asSection("labels"), "labels");
  for (const text of ["", "Labels", "constructor", 3, undefined]) {
    assert.equal(asSection(text), undefined);
  }
});
