import type { Conversation } from "@foyer/contract";
import { MessageSquareOff } from "lucide-react";
import { useWorkplace } from "../../data/workplace.ts";
import { Button } from "../../ui/button.tsx";
import { useCommand } from "../../ui/use-command.ts";
import { endWait } from "./act-with-undo.ts";
import styles from "./thread-header.module.css";
import { words } from "./words.ts";

interface Props {
  readonly conversation: Conversation;
  readonly className?: string | undefined;
}

/** Ends a wait without an answer: "thanks" needs none. Only while somebody waits. */
export function NoAnswerButton({ conversation, className }: Props) {
  const { may } = useWorkplace();
  const { waitingSince, state } = conversation;
  const isWaiting = waitingSince !== null && state === "open" && may("conversation.reply");
  const end = () => {
    if (isWaiting) void endWait(conversation);
  };
  useCommand("thread.noAnswer", end);
  if (!isWaiting) return null;
  return (
    <Button look="quiet" className={className} title={words.noAnswer} onClick={end}>
      <MessageSquareOff size={16} strokeWidth={1.6} aria-hidden="true" />
      <span className={styles.noAnswerText}>{words.noAnswer}</span>
    </Button>
  );
}
