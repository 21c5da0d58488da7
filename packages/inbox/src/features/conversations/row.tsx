import type { Conversation } from "@foyer/contract";
import { Link } from "@tanstack/react-router";
import { memo } from "react";
import type { ListKey } from "../../data/model.ts";
import { useWorkplace } from "../../data/workplace.ts";
import { cx } from "../../ui/class-names.ts";
import { duration, rowTime, spokenDuration } from "../../ui/times.ts";
import { useNow } from "../../ui/use-now.ts";
import styles from "./conversations.module.css";
import { timeOf } from "./model.ts";
import { RowEnd } from "./row-end.tsx";
import { RowPreview, useRowPreview } from "./row-preview.tsx";
import { RowWho } from "./row-who.tsx";
import { words } from "./words.ts";

interface Props {
  readonly conversation: Conversation;
  readonly list: ListKey;
  readonly isSelected: boolean;
  /** It left this view while somebody pointed at the list. */
  readonly isGone: boolean;
}

/** One conversation in the list: who, since when, what, and whose. */
export const Row = memo(function Row({ conversation, list, isSelected, isGone }: Props) {
  const { property } = useWorkplace();
  const preview = useRowPreview(conversation);
  const { waitingSince, isUnread, isMentioned } = conversation;
  const hasOwnWork = preview.mark === "draft" || preview.mark === "failed";
  const isActive = waitingSince !== null || isUnread || isMentioned || hasOwnWork;
  return (
    <Link
      to="/p/$propertyId/$view"
      params={{ propertyId: property.id, view: list.view }}
      search={{ ...whoseOf(list), c: conversation.id }}
      className={cx(
        styles.row,
        isSelected && styles.selected,
        isUnread && styles.unread,
        (isActive || isSelected) && styles.active,
        isGone && styles.gone,
      )}
      activeProps={{}}
      aria-current={isSelected ? "true" : undefined}
      data-conversation={conversation.id}
      draggable={false}
    >
      <span className={styles.dot}>
        {isUnread && <span className="unseen">{words.unread}</span>}
      </span>
      <RowWho conversation={conversation} />
      <Time conversation={conversation} />
      <RowPreview preview={preview} isMentioned={isMentioned} />
      <RowEnd conversation={conversation} list={list} isGone={isGone} />
    </Link>
  );
});

/** The part of a list's address that says whose it is. */
export function whoseOf({ teamId, agentId }: ListKey) {
  return { ...(teamId ? { team: teamId } : {}), ...(agentId ? { agent: agentId } : {}) };
}

function Time({ conversation }: { readonly conversation: Conversation }) {
  const { property } = useWorkplace();
  const now = useNow();
  const time = timeOf(conversation, now);
  if (time.kind === "last") {
    return (
      <time className={styles.time} dateTime={conversation.lastAt}>
        {rowTime(time.atMs, now, property.timeZone)}
      </time>
    );
  }
  return (
    <span className={cx(styles.time, styles[time.kind])}>
      <span aria-hidden="true">{duration(time.ms)}</span>
      <span className="unseen">{words.waits(spokenDuration(time.ms))}</span>
    </span>
  );
}
