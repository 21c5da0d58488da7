import type { Conversation } from "@foyer/contract";
import { Ban } from "lucide-react";
import { useEffect, useRef } from "react";
import type { DraftKind } from "../../data/drafts.ts";
import { useWorkplace } from "../../data/workplace.ts";
import { mediumWords } from "../../ui/channel-words.ts";
import { cx } from "../../ui/class-names.ts";
import { useCommand } from "../../ui/use-command.ts";
import { AttachmentList } from "./attachment-list.tsx";
import styles from "./composer.module.css";
import { ComposerBar } from "./composer-bar.tsx";
import { ComposerTabs } from "./composer-tabs.tsx";
import { Suggestions } from "./suggestions.tsx";
import { useFiles } from "./use-files.ts";
import { usePresence } from "./use-presence.ts";
import { useSuggestions } from "./use-suggestions.ts";
import { useWriting } from "./use-writing.ts";
import { words } from "./words.ts";
import { WritingField } from "./writing-field.tsx";

interface Props {
  readonly conversation: Conversation;
  /** What somebody asked for before it was here; null: nothing. */
  readonly asked: DraftKind | null;
}

/** Where an answer or a note is written. Mounted anew for each conversation. */
export function Composer({ conversation, asked }: Props) {
  const { may } = useWorkplace();
  const canReply = may("conversation.reply");
  if (!canReply && !may("conversation.note")) return <ReadingAlong conversation={conversation} />;
  return <Open conversation={conversation} asked={asked} canReply={canReply} />;
}

function Open({ conversation, asked, canReply }: Props & { readonly canReply: boolean }) {
  const section = useRef<HTMLElement>(null);
  const writing = useWriting(conversation, canReply);
  const suggestions = useSuggestions(writing);
  const files = useFiles(writing, section);
  const { kind, choose, impossible, channel, name } = writing;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, as if it had been asked just now
  useEffect(() => {
    if (asked !== null) choose(asked);
  }, []);
  useCommand("thread.reply", () => choose("message"));
  useCommand("thread.note", () => choose("note"));
  const medium = channel ? mediumWords[channel.medium] : "";
  const canText = canReply && impossible === null;
  return (
    <section
      ref={section}
      className={cx(styles.composer, kind === "note" && styles.isNote)}
      aria-label={words.composer}
    >
      {suggestions.choices.length > 0 && <Suggestions {...suggestions} />}
      {impossible !== null && (
        <p className={styles.impossible}>
          <Ban size={16} strokeWidth={1.6} aria-hidden="true" />
          {impossible}
        </p>
      )}
      <ComposerTabs
        kind={kind}
        onKind={choose}
        textLabel={canText ? words.text(name, medium) : null}
      />
      <WritingField writing={writing} suggestions={suggestions} files={files} />
      {kind === "message" && <AttachmentList writing={writing} files={files} />}
      <ComposerBar writing={writing} suggestions={suggestions} files={files} />
      {files.isDragging && <div className={styles.drop}>{words.drop}</div>}
    </section>
  );
}

/** Whoever only reads along is here too, as colleagues see. */
function ReadingAlong({ conversation }: Pick<Props, "conversation">) {
  usePresence(conversation.id);
  return <p className={styles.readOnly}>{words.readOnly}</p>;
}
