import type { Conversation } from "@foyer/contract";
import { Link } from "@tanstack/react-router";
import { memo } from "react";
import { drafts } from "../../data/drafts.ts";
import type { ListKey } from "../../data/model.ts";
import { itemsOf } from "../../data/outbox.ts";
import { outbox } from "../../data/outbox-sender.ts";
import { useChannels, usePeople } from "../../data/people.ts";
import { useWorkplace } from "../../data/workplace.ts";
import { useStore } from "../../store/use-store.ts";
import { Avatar, TeamDot } from "../../ui/avatar.tsx";
import { mediumWords } from "../../ui/channel-words.ts";
import { cx } from "../../ui/class-names.ts";
import { duration, rowTime, spokenDuration } from "../../ui/times.ts";
import { useNow } from "../../ui/use-now.ts";
import styles from "./conversations.module.css";
import { type PreviewMark, previewOf, timeOf } from "./model.ts";
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
  const isActive = conversation.waitingSince !== null || conversation.isUnread;
  const preview = usePreview(conversation);
  const hasOwnWork = preview.mark === "draft" || preview.mark === "failed";
  return (
    <Link
      to="/p/$propertyId/$view"
      params={{ propertyId: property.id, view: list.view }}
      search={{ ...(list.teamId ? { team: list.teamId } : {}), c: conversation.id }}
      className={cx(
        styles.row,
        isSelected && styles.selected,
        conversation.isUnread && styles.unread,
        (isActive || isSelected || hasOwnWork) && styles.active,
        isGone && styles.gone,
      )}
      activeProps={{}}
      aria-current={isSelected ? "true" : undefined}
      data-conversation={conversation.id}
      draggable={false}
    >
      <span className={styles.dot}>
        {conversation.isUnread && <span className="unseen">{words.unread}</span>}
      </span>
      <bdi className={styles.name}>{conversation.title}</bdi>
      <Time conversation={conversation} />
      <span className={styles.preview} dir="auto">
        <Mark mark={preview.mark} />
        {preview.text}
      </span>
      <span className={styles.end}>
        {isGone ? goneWord(conversation) : <Whose conversation={conversation} list={list} />}
      </span>
    </Link>
  );
});

function goneWord(conversation: Conversation): string {
  return conversation.state === "closed" ? words.closed : words.moved;
}

function usePreview(conversation: Conversation) {
  const { me } = useWorkplace();
  const draft = useStore(drafts, (all) => all.get(conversation.id));
  const unsent = useStore(outbox, (all) => itemsOf(all, conversation.id).at(-1));
  return previewOf(conversation, me, draft, unsent);
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

const markWords: Record<Exclude<PreviewMark, null>, string> = {
  draft: words.draft,
  failed: words.failed,
  uncertain: words.uncertain,
  sending: words.sending,
  you: words.you,
  note: words.note.replace(":", ""),
};

function Mark({ mark }: { readonly mark: PreviewMark }) {
  if (mark === null) return null;
  const look =
    mark === "draft"
      ? styles.markDraft
      : mark === "failed" || mark === "uncertain"
        ? styles.markFailed
        : mark === "note"
          ? styles.markNote
          : undefined;
  return <span className={cx(styles.mark, look)}>{markWords[mark]}</span>;
}

/** Whose it is, where the view leaves that open; otherwise by what channel it came. */
function Whose({ conversation, list }: Pick<Props, "conversation" | "list">) {
  const { property, me } = useWorkplace();
  const { agents, teams } = usePeople(property.id);
  const channel = useChannels(property.id).get(conversation.channelId);
  const { assignee } = conversation;
  const isOpen = list.view === "all" || list.view === "closed";
  if (isOpen && assignee && "teamId" in assignee) {
    const team = teams.get(assignee.teamId);
    if (team) return <Assigned face={<TeamDot colour={team.colour} />} name={team.name} />;
  }
  if (isOpen && assignee && "agentId" in assignee) {
    const agent = agents.get(assignee.agentId);
    const isOwn = assignee.agentId === me;
    if (agent) {
      return (
        <span title={agent.name}>
          <Avatar name={agent.name} size="small" isOwn={isOwn} />
          <span className="unseen">{agent.name}</span>
        </span>
      );
    }
  }
  return <>{channel ? mediumWords[channel.medium] : ""}</>;
}

function Assigned({ face, name }: { readonly face: React.ReactNode; readonly name: string }) {
  return (
    <>
      {face}
      <span className={styles.team}>{name}</span>
    </>
  );
}
