import { type Channel, countSegments, limits, unfilledPlaceholders } from "@foyer/contract";
import type { DraftKind } from "../../data/drafts.ts";

/** From here on the counter is shown: before, nobody needs it. */
const counterFromCharacters = 120;
/** A note is bound by the contract alone: its counter appears when that is near. */
const counterFromShare = 0.9;

export interface Count {
  readonly used: number;
  readonly max: number;
  readonly isOver: boolean;
  readonly isShown: boolean;
  /** How many messages a text takes where a channel cuts it; null where it does not. */
  readonly segments: number | null;
  /** What the last of them still takes; null where nothing is cut. */
  readonly segmentLeft: number | null;
}

/** How much of a channel's length a text takes, in UTF-16 code units as the contract counts. */
export function countOf(text: string, kind: DraftKind, channel: Channel | undefined): Count {
  const trimmed = text.trim();
  const used = trimmed.length;
  const capabilities = kind === "message" ? channel?.capabilities : undefined;
  const max = capabilities?.textCharactersMax ?? limits.entryTextCharactersMax;
  const isOver = used > max;
  if (!capabilities?.hasSegments || isOver) {
    const from = kind === "note" ? max * counterFromShare : Math.min(counterFromCharacters, max);
    const isShown = isOver || used >= from;
    return { used, max, isOver, isShown, segments: null, segmentLeft: null };
  }
  const { segments, unitsLeft } = countSegments(trimmed);
  const isShown = used >= counterFromCharacters || segments > 1;
  return { used, max, isOver, isShown, segments, segmentLeft: unitsLeft };
}

/** A key as it was pressed. */
interface Press {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
  readonly hasMod: boolean;
  readonly isComposing: boolean;
  readonly keyCode: number;
}

/**
 * Whether a key sends: Enter alone, and with ⌘ or Ctrl and Shift sending closes as well. Not while
 * an input method composes a character.
 */
export function sendsBy(press: Press): "send" | "send_and_close" | null {
  const compositionKeyCode = 229;
  if (press.isComposing || press.keyCode === compositionKeyCode) return null;
  if (press.key !== "Enter" || press.altKey) return null;
  if (press.shiftKey) return press.hasMod ? "send_and_close" : null;
  return "send";
}

/** How a guest is addressed on the tab: by first name, or by what there is. */
export function shortNameOf(title: string, hasName: boolean): string {
  return hasName ? (title.trim().split(/\s+/)[0] ?? title) : title;
}

/** What stands between what was written and sending it. */
export type Hindrance =
  | { readonly kind: "nothing_said" }
  | { readonly kind: "too_long" }
  | { readonly kind: "uploading" }
  | { readonly kind: "file_refused" }
  | { readonly kind: "unfilled"; readonly names: readonly string[] };

export interface Written {
  readonly kind: DraftKind;
  readonly text: string;
  readonly count: Count;
  /** Files that are handed in, that are on their way, and that were refused. */
  readonly attached: number;
  readonly uploading: number;
  readonly refusedFiles: number;
  readonly knownPlaceholders: Iterable<string>;
}

/** Why it cannot be sent yet; null: it can. */
export function hindranceOf(written: Written): Hindrance | null {
  const { kind, count, attached, uploading, refusedFiles } = written;
  if (count.isOver) return { kind: "too_long" };
  if (kind === "note") return count.used === 0 ? { kind: "nothing_said" } : null;
  const names = unfilledPlaceholders(written.text, written.knownPlaceholders);
  if (names.length > 0) return { kind: "unfilled", names };
  if (refusedFiles > 0) return { kind: "file_refused" };
  if (uploading > 0) return { kind: "uploading" };
  return count.used === 0 && attached === 0 ? { kind: "nothing_said" } : null;
}

/** A part of a text, marked where it needs an eye: a placeholder, or whom a note calls. */
export interface Marked {
  readonly text: string;
  readonly isMarked: boolean;
}

/** Cuts a text at what is marked in it. Null where nothing is. */
export function markedIn(text: string, marks: readonly string[]): readonly Marked[] | null {
  const wanted = marks.filter((mark) => mark !== "");
  if (wanted.length === 0) return null;
  const longestFirst = wanted.sort((one, other) => other.length - one.length);
  const pattern = new RegExp(longestFirst.map(escaped).join("|"), "giu");
  const parts: Marked[] = [];
  let from = 0;
  for (const { 0: found, index } of text.matchAll(pattern)) {
    if (index > from) parts.push({ text: text.slice(from, index), isMarked: false });
    parts.push({ text: found, isMarked: true });
    from = index + found.length;
  }
  if (from === 0) return null;
  return [...parts, { text: text.slice(from), isMarked: false }];
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}

/** Where a placeholder stands in a text, so that it can be selected; null if it does not. */
export function rangeOf(text: string, placeholder: string): { from: number; to: number } | null {
  const found = new RegExp(escaped(`{${placeholder}}`), "iu").exec(text);
  return found ? { from: found.index, to: found.index + found[0].length } : null;
}
