import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const css = readFileSync(new URL("./tokens.css", import.meta.url), "utf8");
const contrastMin = 4.5;
const shapeContrastMin = 3;

const grounds = ["surface-0", "surface-1", "surface-2", "accent-soft"];
/** Every pair of text on ground that screens use. */
const pairs: [text: string, ground: string][] = [
  ...["text-1", "text-2", "text-3", "accent", "danger"].flatMap((text) =>
    grounds.map((ground): [string, string] => [text, ground]),
  ),
  ["text-1", "bubble"],
  ["text-1", "own"],
  ["text-2", "own"],
  ["text-3", "bubble"],
  ["text-1", "danger-soft"],
  ["danger", "danger-soft"],
  ["text-1", "mark"],
  ["note-text", "note"],
  ["note-fill-text", "note-fill"],
  ["accent-text", "accent"],
  ["accent-text", "accent-hover"],
  ["danger-text", "danger-fill"],
];
/** Dots are shapes beside their word: WCAG 1.4.11. */
const dots = ["blue", "amber", "violet", "green", "red", "grey"];

for (const [index, theme] of ["light", "dark"].entries()) {
  const colour = (name: string) => tokenOf(name)[index] ?? "";

  test(`text on every ground it stands on can be read, ${theme}`, () => {
    for (const [text, ground] of pairs) {
      const ratio = contrast(colour(text), colour(ground));
      assert.ok(ratio >= contrastMin, `${text} on ${ground}: ${ratio.toFixed(2)}`);
    }
  });

  test(`a team's dot can be told from its ground, ${theme}`, () => {
    for (const dot of dots) {
      for (const ground of ["surface-0", "surface-1"]) {
        const ratio = contrast(colour(dot), colour(ground));
        assert.ok(ratio >= shapeContrastMin, `${dot} on ${ground}: ${ratio.toFixed(2)}`);
      }
    }
  });
}

function tokenOf(name: string): string[] {
  const found = new RegExp(`--${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(css);
  assert.ok(found, `no token ${name}`);
  return found.slice(1);
}

/** WCAG 2.2, contrast ratio of two colours by relative luminance. */
function contrast(one: string, other: string): number {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05);
}

function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
}
