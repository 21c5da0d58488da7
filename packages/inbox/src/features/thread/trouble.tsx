import type { Message } from "@foyer/contract";
import { CircleAlert } from "lucide-react";
import { draftOf, keepAttachments, keepDraft } from "../../data/drafts.ts";
import { discard, say, tryAgain } from "../../data/outbox-sender.ts";
import { useWorkplace } from "../../data/workplace.ts";
import { Button } from "../../ui/button.tsx";
import { cx } from "../../ui/class-names.ts";
import { runCommand } from "../../ui/commands.ts";
import { clockTime } from "../../ui/times.ts";
import { whyRefused } from "../../ui/words.ts";
import type { PendingEntry, Said } from "./model.ts";
import styles from "./thread.module.css";
import { useThreadActs } from "./thread-acts.ts";
import { words } from "./words.ts";

/** Why it did not arrive, and what can be done about it. */
export function Trouble({ said }: { readonly said: Said }) {
  if (said.kind === "pending") return <Refused said={said} />;
  return said.kind === "message" ? <NotDelivered said={said} /> : null;
}

/** The server did not take it: it waits here until somebody decides. */
function Refused({ said }: { readonly said: PendingEntry }) {
  const { item } = said;
  const edit = () => {
    const { conversationId, kind, text, attachments } = item;
    // What has been begun meanwhile stays, below.
    keepDraft(conversationId, kind, [text, draftOf(conversationId)[kind]].join("\n").trim());
    keepAttachments(conversationId, (begun) => [...attachments, ...begun]);
    discard(said.id);
    runCommand(item.kind === "note" ? "thread.note" : "thread.reply");
  };
  return (
    <>
      <span className={cx(styles.small, styles.meta)} role="alert">
        <span className={styles.trouble}>
          <CircleAlert size={12} strokeWidth={2} aria-hidden="true" />
          {words.notSent} {whyRefused(item.refusal ?? undefined)}
        </span>
      </span>
      <span className={styles.acts}>
        <Button look="link" onClick={() => tryAgain(said.id)}>
          {words.tryAgain}
        </Button>
        <Button look="link" onClick={edit}>
          {words.edit}
        </Button>
        <Button look="link" onClick={() => discard(said.id)}>
          {words.discard}
        </Button>
      </span>
    </>
  );
}

/** It failed on its way, or nobody saw what became of it. */
function NotDelivered({ said }: { readonly said: Message }) {
  const { property, may } = useWorkplace();
  const { retries, showEntry } = useThreadActs();
  const isFailed = said.state === "failed";
  const time = clockTime(Date.parse(said.occurredAt), property.timeZone);
  const again = () => {
    const { conversationId, text, attachments, id: retryOf } = said;
    say({ conversationId, kind: "message", text, attachments, retryOf });
  };
  const retriedBy = retries.get(said.id);
  return (
    <>
      <span className={cx(styles.small, styles.meta)}>
        <span className={styles.trouble}>
          <CircleAlert size={12} strokeWidth={2} aria-hidden="true" />
          {isFailed ? words.failed(words.failures[said.failure ?? "unknown"]) : words.uncertain}
        </span>
        <span>{time}</span>
      </span>
      {!isFailed && !retriedBy && <span className={styles.small}>{words.uncertainWhy}</span>}
      {retriedBy ? (
        <span className={styles.acts}>
          <Button look="link" onClick={() => showEntry(retriedBy)}>
            {words.sentAgain}
          </Button>
        </span>
      ) : (
        may("conversation.reply") && (
          <span className={styles.acts}>
            <Button look="link" onClick={again}>
              {isFailed ? words.tryAgain : words.sendAgain}
            </Button>
          </span>
        )
      )}
    </>
  );
}
