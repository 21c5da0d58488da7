import type { Contact, Conversation } from "@foyer/contract";
import { ArrowLeft, PanelRight } from "lucide-react";
import { useChannels } from "../../data/people.ts";
import { useWorkplace } from "../../data/workplace.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Button } from "../../ui/button.tsx";
import { mediumWords } from "../../ui/channel-words.ts";
import { Bone } from "../../ui/state.tsx";
import { useCommand } from "../../ui/use-command.ts";
import { toggleWithUndo } from "./act-with-undo.ts";
import { AssigneeButton } from "./assignee-button.tsx";
import styles from "./thread.module.css";
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
              <bdi>{conversation.title}</bdi>
            </h2>
            <Address conversation={conversation} contact={contact} />
          </div>
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

/** The address that answers go to, and by what; the name may be the address already. */
function Address({
  conversation,
  contact,
}: Pick<Props, "contact"> & { conversation: Conversation }) {
  const { property } = useWorkplace();
  const channel = useChannels(property.id).get(conversation.channelId);
  const address = contact?.addresses.find(({ kind }) => kind === "phone") ?? contact?.addresses[0];
  const shown = conversation.hasName ? address?.formatted : undefined;
  const parts = [shown, channel && mediumWords[channel.medium]];
  return <p>{parts.filter(Boolean).join(" · ") || "\u00a0"}</p>;
}
