import type { StreamEvent } from "@foyer/contract";

type Changed = Extract<StreamEvent, { type: "conversation.changed" }>;

const eventsKeptMax = 1_000;

/**
 * Remembers the newest events, so that an answer that was read before an event and arrives after
 * it can be brought up to date. Without it the older answer would undo the newer event.
 */
export interface EventLog {
  /** The moment before a read is sent. */
  mark(): number;
  add(event: Changed): void;
  /** What came since a mark, oldest first; null when too much came to remember. */
  since(mark: number): readonly Changed[] | null;
}

export function createEventLog(keptMax: number = eventsKeptMax): EventLog {
  let kept: Changed[] = [];
  let count = 0;
  return {
    mark: () => count,
    add(event) {
      kept = [...kept.slice(-keptMax + 1), event];
      count += 1;
    },
    since(mark) {
      const missing = count - mark;
      if (missing > kept.length) return null;
      return missing === 0 ? [] : kept.slice(-missing);
    },
  };
}
