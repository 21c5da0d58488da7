import type { Command } from "../../ui/commands.ts";
import type { Shortcut } from "./keymap.ts";

/** What of a key press decides. */
export interface Press {
  readonly key: string;
  readonly hasMod: boolean;
  readonly hasAlt: boolean;
  /** Somebody writes: only shortcuts with ⌘ or Ctrl count. */
  readonly isTyping: boolean;
}

export interface Matched {
  readonly command: Command | null;
  /** Keys of a longer shortcut that were pressed so far. */
  readonly pending: readonly string[];
}

const nothing: Matched = { command: null, pending: [] };

/**
 * Finds what a key press asks for. Shortcuts of single keys never count while somebody types, and
 * not at all where they are switched off (WCAG 2.1.4).
 */
export function matchPress(
  press: Press,
  pending: readonly string[],
  keymap: readonly Shortcut[],
  hasSingleKeys: boolean,
): Matched {
  if (press.hasAlt) return nothing;
  const key = (press.hasMod ? "mod+" : "") + press.key.toLowerCase();
  if (!press.hasMod && (press.isTyping || !hasSingleKeys)) return nothing;
  for (const pressed of [[...pending, key], [key]]) {
    const whole = keymap.find(({ keys }) => keys.join(" ") === pressed.join(" "));
    if (whole) return { command: whole.command, pending: [] };
    const isBegun = keymap.some(
      ({ keys }) => keys.length > pressed.length && pressed.every((one, at) => keys[at] === one),
    );
    if (isBegun) return { command: null, pending: pressed };
  }
  return nothing;
}
