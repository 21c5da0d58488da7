import type { Occurrence } from "@foyer/contract";
import { memo, useState } from "react";
import { useWorkplace } from "../../data/workplace.ts";
import { cx } from "../../ui/class-names.ts";
import { clockTime, dayName } from "../../ui/times.ts";
import { useNow } from "../../ui/use-now.ts";
import { Bubble } from "./bubble.tsx";
import { type Block, hasTrouble, type Said } from "./model.ts";
import styles from "./thread.module.css";
import { useAgentName } from "./use-agent-name.ts";
import { useEventWords } from "./use-event-words.ts";
import { words } from "./words.ts";

interface Props {
  readonly block: Block;
  /** The newest message of ours: its state is told. */
  readonly lastOwn: string | undefined;
  /** The position of a search hit, while it is marked. */
  readonly hit: number | null;
  /** What was there when the thread was opened: only what is new moves in. */
  readonly seen: ReadonlySet<string>;
}

/** One run of the timeline. */
export const BlockView = memo(function BlockView({ block, lastOwn, hit, seen }: Props) {
  if (block.kind === "day") return <Day atMs={block.atMs} />;
  if (block.kind === "events") return <Events events={block.events} />;
  return (
    <div className={cx(styles.group, block.side !== "guest" && styles[block.side])}>
      {block.said.map((said) => (
        <Bubble
          key={said.id}
          said={said}
          isHit={positionOf(said) === hit}
          isNew={!seen.has(said.id)}
        />
      ))}
      <GroupMeta block={block} lastOwn={lastOwn} />
    </div>
  );
});

function positionOf(said: Said): number | undefined {
  return said.kind === "pending" ? undefined : said.position;
}

function Day({ atMs }: { readonly atMs: number }) {
  const { property } = useWorkplace();
  return (
    <h3 className={cx(styles.small, styles.day)}>{dayName(atMs, useNow(), property.timeZone)}</h3>
  );
}

interface GroupProps {
  readonly block: Block & { readonly kind: "group" };
  readonly lastOwn: string | undefined;
}

/** One line below a group: who, when, and for our newest message how far it got. */
function GroupMeta({ block, lastOwn }: GroupProps) {
  const { property } = useWorkplace();
  const name = useAgentName()(block.agentId);
  const last = block.said.at(-1);
  if (!last || hasTrouble(last)) return null;
  const time = clockTime(Date.parse(last.occurredAt), property.timeZone);
  const state = last.id === lastOwn ? stateOf(last) : null;
  const parts =
    block.side === "guest"
      ? [time]
      : [block.side === "note" ? words.note : null, name, time, state];
  return <span className={styles.small}>{parts.filter(Boolean).join(" · ")}</span>;
}

function stateOf(said: Said): string | null {
  if (said.kind === "pending") return words.states.sending;
  return said.kind === "message" ? words.states[said.state] : null;
}

/** A run of events in one line: the newest, and how many more behind it. */
function Events({ events }: { readonly events: readonly Occurrence[] }) {
  const [isOpen, setOpen] = useState(false);
  const tell = useEventWords();
  const last = events.at(-1);
  if (!last) return null;
  const others = events.length - 1;
  if (others === 0) return <p className={cx(styles.small, styles.events)}>{tell(last)}</p>;
  if (!isOpen) {
    return (
      <p className={cx(styles.small, styles.events)}>
        <button type="button" onClick={() => setOpen(true)} aria-expanded="false">
          {tell(last)} · {words.more(others)}
        </button>
      </p>
    );
  }
  return (
    <ul className={cx(styles.small, styles.events)}>
      {events.map((event) => (
        <li key={event.id}>{tell(event)}</li>
      ))}
    </ul>
  );
}
