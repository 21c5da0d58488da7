import type { Contact, Conversation } from "@foyer/contract";
import { ArrowLeft, PanelRight } from "lucide-react";
import { useChannels } from "../../data/people.ts";
import { useWorkplace } from "../../data/workplace.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Button } from "../../ui/button.tsx";
import { mediumWords } from "../../ui/channel-words.ts";
import { Bone } from "../../ui/state.tsx";
import { stayParts } from "../../ui/stay.ts";
import { useCommand } from "../../ui/use-command.ts";
import { useNow } from "../../ui/use-now.ts";
import { toggleWithUndo } from "./act-with-undo.ts";
import { AssigneeButton } from "./assignee-button.tsx";
import { NoAnswerButton } from "./no-answer-button.tsx";
import styles from "./thread-header.module.css";
import { words } from "./words.ts";

interface Props {
  readonly conversation: Conversation | undefined;
  readonly contact: Contact | undefined;
  readonly onBack: () => void;
  readonly onContact: () => void;
}

/** Whom it is with, whose it is, and whether it is done. */
export function ThreadHeader({ conversation, contact, onBack, onContact }: Props) {
  const { may } = useWorkplace();
  const canClose = may("conversation.close");
  const toggle = () => {
    if (conversation && canClose) void toggleWithUndo(conversation);
  };
  useCommand("thread.toggle", toggle);
  return (
    <header className={styles.header}>
      <Button
        look="quiet"
        isSquare
        className={styles.back}
        aria-label={words.back}
        onClick={onBack}
      >
        <ArrowLeft size={20} strokeWidth={1.6} />
      </Button>
      {conversation ? (
        <>
          <span className={styles.face}>
            <Avatar name={conversation.hasName ? conversation.title : null} size="large" />
          </span>
          <div className={styles.who}>
            <h2>
              <bdi>
                {conversation.hasName && conversation.stay.title && `${conversation.stay.title} `}
                {conversation.title}
              </bdi>
            </h2>
            <About conversation={conversation} contact={contact} />
          </div>
          <NoAnswerButton conversation={conversation} className={styles.noAnswer} />
          <AssigneeButton conversation={conversation} />
          {canClose && (
            <Button onClick={toggle}>
              {conversation.state === "open" ? words.close : words.reopen}
              <kbd>E</kbd>
            </Button>
          )}
        </>
      ) : (
        <div className={styles.who}>
          <Bone className={styles.boneName} />
          <Bone className={styles.boneLine} />
        </div>
      )}
      <Button
        look="quiet"
        isSquare
        className={styles.onlyMedium}
        aria-label={words.contact}
        onClick={onContact}
      >
        <PanelRight size={16} strokeWidth={1.6} />
      </Button>
    </header>
  );
}

/** Where the guest stays; where nothing is known of that, the address that answers go to. */
function About({ conversation, contact }: Pick<Props, "contact"> & { conversation: Conversation }) {
  const { property } = useWorkplace();
  const now = useNow();
  const channel = useChannels(property.id).get(conversation.channelId);
  const { stay, hasName, isBlocked, isOptedOut } = conversation;
  const parts = stayParts(stay, now, property.timeZone);
  const address = contact?.addresses.find(({ kind, until }) => kind === "phone" && until === null);
  const reached = [
    hasName ? address?.formatted : undefined,
    channel && mediumWords[channel.medium],
  ];
  const known = stay.room !== null || parts.length > 1 ? parts : [...parts, ...reached];
  const warnings = [isBlocked && words.blocked, isOptedOut && words.optedOut];
  return <p>{[...known, ...warnings].filter(Boolean).join(" · ") || "\u00a0"}</p>;
}
