import type { ConversationId } from "@foyer/contract";
import { useQuery } from "@tanstack/react-query";
import { MessageCircle } from "lucide-react";
import { type ReactNode, useEffect } from "react";
import { knownConversation, markRead } from "../../data/acts.ts";
import { refusalCodeOf } from "../../data/api.ts";
import { detailOptions } from "../../data/threads.ts";
import { useWorkplace } from "../../data/workplace.ts";
import { PaneState } from "../../ui/state.tsx";
import { tryAgainWords } from "../../ui/words.ts";
import { NoAnswerButton } from "./no-answer-button.tsx";
import { PresenceLine } from "./presence-line.tsx";
import styles from "./thread.module.css";
import { ThreadBones } from "./thread-bones.tsx";
import header from "./thread-header.module.css";
import { ThreadHeader } from "./thread-header.tsx";
import { Timeline } from "./timeline.tsx";
import { words } from "./words.ts";

interface Props {
  readonly id: ConversationId;
  readonly at: number | null;
  readonly onBack: () => void;
  readonly onContact: () => void;
  /** Where an answer is written; composed by the app. */
  readonly composer: ReactNode;
}

/** A conversation, whole. Mounted anew for each one. */
export function ThreadPane({ id, at, onBack, onContact, composer }: Props) {
  const { property } = useWorkplace();
  const query = useQuery(detailOptions(property.id, id));
  const conversation = query.data?.conversation ?? knownConversation(id);
  useMarkRead(id);
  if (!conversation && query.isError) {
    const isGone = refusalCodeOf(query.error) === "resource.not_found";
    const action = isGone
      ? { label: words.goneAction, run: onBack }
      : { label: tryAgainWords, run: () => void query.refetch() };
    return (
      <main className={styles.pane}>
        <PaneState isAlert text={isGone ? words.gone : words.error} action={action} />
      </main>
    );
  }
  return (
    <main className={styles.pane} aria-label={conversation?.title}>
      <ThreadHeader
        conversation={conversation}
        contact={query.data?.contact}
        onBack={onBack}
        onContact={onContact}
      />
      <div className={styles.body}>
        {conversation ? <Timeline conversation={conversation} at={at} /> : <ThreadBones />}
        <div className={styles.foot}>
          <PresenceLine id={id} />
          {conversation && (
            <NoAnswerButton conversation={conversation} className={header.noAnswerBelow} />
          )}
        </div>
      </div>
      {conversation && composer}
    </main>
  );
}

/** No conversation is chosen. */
export function NoThread({ isTouch }: { readonly isTouch: boolean }) {
  return (
    <main className={styles.pane}>
      <PaneState
        icon={<MessageCircle size={20} strokeWidth={1.6} />}
        text={isTouch ? words.noneTouch : words.none}
      />
    </main>
  );
}

/** What is open and in sight is read. */
function useMarkRead(id: ConversationId): void {
  const { property } = useWorkplace();
  const conversation = useQuery(detailOptions(property.id, id)).data?.conversation;
  useEffect(() => {
    if (!conversation?.isUnread) return;
    const read = () => {
      if (document.visibilityState !== "visible" || !document.hasFocus()) return;
      stop();
      // It stays unread on the server; looking at it again says it again.
      markRead(conversation).catch(() => undefined);
    };
    const stop = () => {
      document.removeEventListener("visibilitychange", read);
      removeEventListener("focus", read);
    };
    document.addEventListener("visibilitychange", read);
    addEventListener("focus", read);
    read();
    return stop;
  }, [conversation]);
}
