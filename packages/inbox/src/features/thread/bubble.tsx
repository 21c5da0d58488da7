import { useMemo, useState } from "react";
import { discard, say, tryAgain } from "../../data/outbox-sender.ts";
import { useWorkplace } from "../../data/workplace.ts";
import { Button } from "../../ui/button.tsx";
import { cx } from "../../ui/class-names.ts";
import { clockTime } from "../../ui/times.ts";
import { whyRefused } from "../../ui/words.ts";
import { clampText, hasTrouble, piecesOf, type Said } from "./model.ts";
import styles from "./thread.module.css";
import { words } from "./words.ts";

interface Props {
  readonly said: Said;
  readonly isHit: boolean;
  /** It came while the thread was open: it moves in. */
  readonly isNew: boolean;
}

/** One thing that somebody said. */
export function Bubble({ said, isHit, isNew }: Props) {
  const position = said.kind === "pending" ? undefined : said.position;
  return (
    <div
      className={cx(
        styles.line,
        isNew && styles.entering,
        isHit && styles.hit,
        hasTrouble(said) ? styles.failed : said.kind === "pending" && styles.pending,
      )}
      data-position={position}
      data-entry={said.id}
    >
      <Text text={said.text} />
      {hasTrouble(said) && <Trouble said={said} />}
    </div>
  );
}

function Text({ text }: { readonly text: string }) {
  const [isWhole, setWhole] = useState(false);
  const clamped = useMemo(() => clampText(text), [text]);
  const shown = isWhole || clamped === null ? text : clamped;
  const pieces = useMemo(() => piecesOf(shown), [shown]);
  let offset = 0;
  return (
    <div className={styles.bubble} dir="auto">
      {pieces.map(({ text: piece, href }) => {
        const key = offset;
        offset += piece.length;
        if (href === null) return <span key={key}>{piece}</span>;
        return (
          <a key={key} href={href} target="_blank" rel="noopener noreferrer nofollow">
            {piece}
          </a>
        );
      })}
      {clamped !== null && (
        <button type="button" className={styles.whole} onClick={() => setWhole(!isWhole)}>
          {isWhole ? words.showLess : words.showAll}
        </button>
      )}
    </div>
  );
}

/** Why it did not arrive, and what can be done about it. */
function Trouble({ said }: { readonly said: Said }) {
  const { property, may } = useWorkplace();
  if (said.kind === "note") return null;
  const time = clockTime(Date.parse(said.occurredAt), property.timeZone);
  if (said.kind === "pending") {
    const why = whyRefused(said.item.refusal ?? undefined);
    return (
      <>
        <span className={cx(styles.small, styles.trouble)} role="alert">
          {words.states.failed}. {why}
        </span>
        <span className={styles.acts}>
          <Button look="link" onClick={() => tryAgain(said.id)}>
            {words.tryAgain}
          </Button>
          <Button look="link" onClick={() => discard(said.id)}>
            {words.discard}
          </Button>
        </span>
      </>
    );
  }
  const isFailed = said.state === "failed";
  const why = isFailed ? `: ${words.failures[said.failure ?? "unknown"]}` : "";
  return (
    <>
      <span className={cx(styles.small, styles.meta)}>
        <span className={styles.trouble}>{words.states[said.state] + why}</span>
        <span>{time}</span>
      </span>
      {isFailed && may("conversation.reply") && (
        <span className={styles.acts}>
          <Button look="link" onClick={() => say(said.conversationId, "message", said.text)}>
            {words.sendAgain}
          </Button>
        </span>
      )}
    </>
  );
}
