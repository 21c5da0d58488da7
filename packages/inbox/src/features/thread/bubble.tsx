import { type ReactNode, useMemo, useState } from "react";
import { usePeople } from "../../data/people.ts";
import { useWorkplace } from "../../data/workplace.ts";
import { cx } from "../../ui/class-names.ts";
import { AttachmentsView } from "./attachments-view.tsx";
import { attachmentsOf, hasTrouble, type Said } from "./model.ts";
import { type Called, clampText, type Piece, piecesOf } from "./pieces.ts";
import styles from "./thread.module.css";
import { Trouble } from "./trouble.tsx";
import { words } from "./words.ts";

interface Props {
  readonly said: Said;
  readonly isHit: boolean;
  /** It came while the thread was open: it moves in. */
  readonly isNew: boolean;
}

/** One thing that somebody said, with what it brings and what the guest's phone put on it. */
export function Bubble({ said, isHit, isNew }: Props) {
  const position = said.kind === "pending" ? undefined : said.position;
  const attachments = attachmentsOf(said);
  const reaction = said.kind === "message" ? said.reaction : null;
  return (
    <div
      className={cx(
        styles.line,
        isNew && styles.entering,
        isHit && styles.hit,
        reaction !== null && styles.reacted,
        hasTrouble(said) ? styles.failed : said.kind === "pending" && styles.pending,
      )}
      data-position={position}
      data-entry={said.id}
    >
      {attachments.length > 0 && <AttachmentsView all={attachments} />}
      {said.text !== "" && <Text said={said} />}
      {reaction !== null && (
        <span className={styles.reaction} role="img" aria-label={words.reacted(reaction)}>
          {reaction}
        </span>
      )}
      {hasTrouble(said) && <Trouble said={said} />}
    </div>
  );
}

function Text({ said }: { readonly said: Said }) {
  const { text } = said;
  const [isWhole, setWhole] = useState(false);
  const clamped = useMemo(() => clampText(text), [text]);
  const shown = isWhole || clamped === null ? text : clamped;
  const called = useCalled(said);
  const pieces = useMemo(() => piecesOf(shown, called), [shown, called]);
  let offset = 0;
  return (
    <div className={styles.bubble} dir="auto">
      {pieces.map((piece) => {
        const key = offset;
        offset += piece.text.length;
        return <OnePiece key={key} piece={piece} />;
      })}
      {clamped !== null && (
        <button type="button" className={styles.whole} onClick={() => setWhole(!isWhole)}>
          {isWhole ? words.showLess : words.showAll}
        </button>
      )}
    </div>
  );
}

function OnePiece({ piece: { text, href, mention } }: { readonly piece: Piece }): ReactNode {
  if (mention !== null) {
    return <strong className={cx(mention === "me" && styles.callsMe)}>{text}</strong>;
  }
  if (href === null) return <span>{text}</span>;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow">
      {text}
    </a>
  );
}

const nobody: readonly Called[] = [];

/** Whom a note calls, by the names that stand in it. */
function useCalled(said: Said): readonly Called[] {
  const { property, me } = useWorkplace();
  const { agents, teams } = usePeople(property.id);
  const mentions =
    said.kind === "note" ? said.mentions : said.kind === "pending" ? said.item.mentions : undefined;
  return useMemo(() => {
    if (!mentions || mentions.length === 0) return nobody;
    return mentions.flatMap((mention): Called[] => {
      if ("agentId" in mention) {
        const name = agents.get(mention.agentId)?.name;
        return name ? [{ name, isMe: mention.agentId === me }] : [];
      }
      const team = teams.get(mention.teamId);
      return team ? [{ name: team.name, isMe: team.agentIds.includes(me) }] : [];
    });
  }, [mentions, agents, teams, me]);
}
