/** From here on the counter is shown: before, nobody needs it. */
const counterFromCharacters = 120;

export interface Count {
  readonly used: number;
  readonly max: number;
  readonly isOver: boolean;
  readonly isShown: boolean;
}

/** How much of a channel's length a text takes, in UTF-16 code units as the contract counts. */
export function countOf(text: string, max: number): Count {
  const used = text.trim().length;
  return { used, max, isOver: used > max, isShown: used >= Math.min(counterFromCharacters, max) };
}

/** Whether Enter sends: not with Shift, and not while an input method composes a character. */
export function isSendKey(event: {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
  readonly isComposing: boolean;
  readonly keyCode: number;
}): boolean {
  const compositionKeyCode = 229;
  if (event.isComposing || event.keyCode === compositionKeyCode) return false;
  return event.key === "Enter" && !event.shiftKey && !event.altKey;
}

/** How a guest is addressed on the tab: by first name, or by what there is. */
export function shortNameOf(title: string, hasName: boolean): string {
  return hasName ? (title.trim().split(/\s+/)[0] ?? title) : title;
}
