import type { Conversation, ConversationId } from "@foyer/contract";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useVirtualizer } from "@tanstack/react-virtual";
import { Menu as MenuIcon } from "lucide-react";
import { useEffect, useRef } from "react";
import { listOptions, loadMore } from "../../data/lists.ts";
import type { ListKey } from "../../data/model.ts";
import { usePeople } from "../../data/people.ts";
import { useWorkplace } from "../../data/workplace.ts";
import { Button } from "../../ui/button.tsx";
import { useCommand } from "../../ui/use-command.ts";
import { phoneQuery, useMedia } from "../../ui/use-media.ts";
import styles from "./conversations.module.css";
import { ListCounts } from "./list-counts.tsx";
import { type ShownRow, stepFrom } from "./model.ts";
import { NoRows } from "./no-rows.tsx";
import { Row, whoseOf } from "./row.tsx";
import { useHeldRows } from "./use-held-rows.ts";
import { words } from "./words.ts";

interface Props {
  readonly list: ListKey;
  readonly selected: ConversationId | null;
  readonly onOpenRail: () => void;
}

const rowPx = 64;
const coarseRowPx = 68;
const overscanRows = 8;
const loadAheadRows = 30;
const noItems: readonly Conversation[] = [];

/** One view of the inbox: virtual, paged, and still under the pointer. */
export function ConversationsPane({ list, selected, onOpenRail }: Props) {
  const { property } = useWorkplace();
  const query = useQuery(listOptions(property.id, list));
  const scroller = useRef<HTMLDivElement>(null);
  const isCoarse = useMedia(`${phoneQuery}, (pointer: coarse)`);
  const rowHeight = isCoarse ? coarseRowPx : rowPx;
  const items = query.data?.items ?? noItems;
  const { rows, newCount, showNew } = useHeldRows(items, scroller, rowHeight);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: overscanRows,
    getItemKey: (index) => rows[index]?.conversation.id ?? index,
  });
  const visible = virtual.getVirtualItems();
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows are measured anew when their height changes
  useEffect(() => virtual.measure(), [virtual, rowHeight]);
  useLoadAhead(list, visible.at(-1)?.index ?? 0, rows.length);
  useSteps(list, selected, rows, (index) => virtual.scrollToIndex(index));
  return (
    <section className={styles.pane} aria-label={words.list}>
      <ListHeader list={list} onOpenRail={onOpenRail} />
      {newCount > 0 && (
        <button type="button" className={styles.pill} onClick={showNew}>
          {words.fresh(newCount)}
        </button>
      )}
      <div ref={scroller} className={styles.scroller} tabIndex={-1}>
        {rows.length === 0 ? (
          <NoRows list={list} query={query} />
        ) : (
          <ul className={styles.rows} style={{ height: virtual.getTotalSize() }}>
            {visible.map((item) => {
              const row = rows[item.index];
              if (!row) return null;
              return (
                <li
                  key={item.key}
                  className={styles.place}
                  style={{ transform: `translateY(${item.start}px)` }}
                >
                  <Row
                    conversation={row.conversation}
                    list={list}
                    isSelected={row.conversation.id === selected}
                    isGone={row.isGone}
                  />
                </li>
              );
            })}
          </ul>
        )}
      </div>
    </section>
  );
}

function ListHeader({ list, onOpenRail }: Pick<Props, "list" | "onOpenRail">) {
  const title = useListTitle(list);
  return (
    <header className={styles.header}>
      <Button
        look="quiet"
        isSquare
        className={styles.onlyNarrow}
        aria-label={words.openRail}
        onClick={onOpenRail}
      >
        <MenuIcon size={16} strokeWidth={1.6} />
      </Button>
      <h1>
        <bdi>{title}</bdi>
      </h1>
      <ListCounts list={list} />
    </header>
  );
}

/** How the list is called: by the team or the colleague whose it is. */
function useListTitle({ view, teamId, agentId }: ListKey): string {
  const { property } = useWorkplace();
  const { teams, agents } = usePeople(property.id);
  const team = view === "team" && teamId ? teams.get(teamId) : undefined;
  const agent = view === "agent" && agentId ? agents.get(agentId) : undefined;
  return team?.name ?? agent?.name ?? words.titles[view];
}

function useLoadAhead(list: ListKey, lastVisible: number, count: number): void {
  const { property } = useWorkplace();
  const isNearEnd = count > 0 && lastVisible >= count - loadAheadRows;
  useEffect(() => {
    // A page that failed is asked for again by the next scroll.
    if (isNearEnd && count > 0) loadMore(property.id, list).catch(() => undefined);
  }, [isNearEnd, count, list, property.id]);
}

/** Moves the selection with the keyboard; the row comes into sight. */
function useSteps(
  list: ListKey,
  selected: ConversationId | null,
  rows: readonly ShownRow[],
  show: (index: number) => void,
): void {
  const { property } = useWorkplace();
  const navigate = useNavigate();
  const lastIndex = useRef(0);
  useEffect(() => {
    const index = rows.findIndex(({ conversation }) => conversation.id === selected);
    if (index >= 0) lastIndex.current = index;
  }, [rows, selected]);
  const step = (by: 1 | -1) => {
    const index = stepFrom(rows, selected, lastIndex.current, by);
    const row = rows[index];
    if (!row) return;
    show(index);
    void navigate({
      to: "/p/$propertyId/$view",
      params: { propertyId: property.id, view: list.view },
      search: { ...whoseOf(list), c: row.conversation.id },
      replace: selected !== null,
    });
  };
  useCommand("list.next", () => step(1));
  useCommand("list.previous", () => step(-1));
}
