import type { Conversation } from "@foyer/contract";
import { Paperclip } from "lucide-react";
import { drafts } from "../../data/drafts.ts";
import { itemsOf } from "../../data/outbox.ts";
import { outbox } from "../../data/outbox-sender.ts";
import { usePeople } from "../../data/people.ts";
import { useWorkplace } from "../../data/workplace.ts";
import { useStore } from "../../store/use-store.ts";
import { cx } from "../../ui/class-names.ts";
import styles from "./conversations.module.css";
import { type Preview, type PreviewMark, previewOf } from "./model.ts";
import { words } from "./words.ts";

/** What a row says below the name, as far as this browser knows. */
export function useRowPreview(conversation: Conversation): Preview {
  const { me } = useWorkplace();
  const draft = useStore(drafts, (all) => all.get(conversation.id));
  const unsent = useStore(outbox, (all) => itemsOf(all, conversation.id).at(-1));
  return previewOf(conversation, me, draft, unsent);
}

interface Props {
  readonly preview: Preview;
  readonly isMentioned: boolean;
}

export function RowPreview({ preview, isMentioned }: Props) {
  const { text, attachments } = preview;
  return (
    <span className={styles.preview} dir="auto">
      {isMentioned && (
        <span className={styles.mention} title={words.mentioned}>
          <span aria-hidden="true">@</span>
          <span className="unseen">{words.mentioned}</span>
        </span>
      )}
      <Mark preview={preview} />
      {attachments > 0 && (
        <span className={styles.clip}>
          <Paperclip size={12} strokeWidth={1.6} aria-hidden="true" />
          <span className={cx(text !== "" && "unseen")}>{words.attachments(attachments)}</span>
        </span>
      )}
      {text}
    </span>
  );
}

const markWords: Record<Exclude<PreviewMark, null | "colleague">, string> = {
  draft: words.draft,
  failed: words.failed,
  uncertain: words.uncertain,
  sending: words.sending,
  you: words.you,
  note: words.note,
};

const markLooks: Partial<Record<Exclude<PreviewMark, null>, string | undefined>> = {
  draft: styles.markDraft,
  failed: styles.markFailed,
  uncertain: styles.markFailed,
  note: styles.markNote,
};

function Mark({ preview: { mark, agentId } }: Pick<Props, "preview">) {
  const { property } = useWorkplace();
  const { agents } = usePeople(property.id);
  if (mark === null) return null;
  if (mark === "colleague") {
    const name = agentId ? agents.get(agentId)?.name.split(" ")[0] : undefined;
    return <span className={styles.mark}>{words.colleague(name ?? words.formerColleague)}</span>;
  }
  return <span className={cx(styles.mark, markLooks[mark])}>{markWords[mark]}</span>;
}
