import { AtSign, Paperclip } from "lucide-react";
import { useRef } from "react";
import { useWorkplace } from "../../data/workplace.ts";
import { Button } from "../../ui/button.tsx";
import { cx } from "../../ui/class-names.ts";
import styles from "./composer.module.css";
import { acceptedFiles } from "./files.ts";
import type { Count, Hindrance } from "./model.ts";
import type { Files } from "./use-files.ts";
import type { SuggestionsState } from "./use-suggestions.ts";
import type { Writing } from "./use-writing.ts";
import { words } from "./words.ts";

interface Props {
  readonly writing: Writing;
  readonly suggestions: SuggestionsState;
  readonly files: Files;
}

/** What can be put in, how long it is, what stands in the way, and the way out. */
export function ComposerBar({ writing, suggestions, files }: Props) {
  const { may } = useWorkplace();
  const { kind, count, hindrance, send, conversation } = writing;
  const isNote = kind === "note";
  const canSend = hindrance === null && !suggestions.isInserting;
  const canClose = !isNote && conversation.state === "open" && may("conversation.close");
  return (
    <>
      <Hint hindrance={hindrance} onSelect={writing.select} />
      <div className={styles.bar}>
        {isNote ? (
          <Tool label={words.call} onClick={() => suggestions.ask("@")}>
            <AtSign size={16} strokeWidth={1.6} />
          </Tool>
        ) : (
          <>
            {suggestions.hasTemplates && (
              <Tool label={words.template} onClick={() => suggestions.ask("/")}>
                <span className={styles.slash}>/</span>
              </Tool>
            )}
            <AttachTool writing={writing} files={files} />
          </>
        )}
        <span className={styles.space} />
        <span id="composer-count" className={cx(styles.count, count.isOver && styles.over)}>
          {count.isShown && <Counted count={count} />}
        </span>
        {canClose && (
          <Button disabled={!canSend} onClick={() => send(true)}>
            {words.sendAndClose}
          </Button>
        )}
        <Button look={isNote ? "note" : "primary"} disabled={!canSend} onClick={() => send(false)}>
          {isNote ? words.addNote : words.send}
          <kbd>↵</kbd>
        </Button>
      </div>
    </>
  );
}

interface ToolProps {
  readonly label: string;
  readonly onClick: () => void;
  readonly children: React.ReactNode;
}

function Tool({ label, onClick, children }: ToolProps) {
  return (
    <Button
      look="quiet"
      isSquare
      className={styles.tool}
      aria-label={label}
      title={label}
      // The caret stays where it is: what is put in goes there.
      onPointerDown={(event) => event.preventDefault()}
      onClick={onClick}
    >
      {children}
    </Button>
  );
}

function AttachTool({ writing, files }: Pick<Props, "writing" | "files">) {
  const chooser = useRef<HTMLInputElement>(null);
  if ((writing.channel?.capabilities.attachmentsMax ?? 0) === 0) return null;
  return (
    <>
      <Tool label={words.attach} onClick={() => chooser.current?.click()}>
        <Paperclip size={16} strokeWidth={1.6} />
      </Tool>
      <input
        ref={chooser}
        type="file"
        multiple
        hidden
        aria-label={words.attach}
        accept={acceptedFiles}
        onChange={({ target }) => {
          files.add([...(target.files ?? [])]);
          // The same file may be chosen again after it was removed.
          target.value = "";
        }}
      />
    </>
  );
}

function Counted({ count }: { readonly count: Count }) {
  const { isOver, used, max, segments, segmentLeft } = count;
  if (isOver) return words.over(used - max);
  if (segments === null || segmentLeft === null) return words.left(max - used);
  if (segments < 2) return words.left(segmentLeft);
  return (
    <span title={`${words.messagesWhy} ${words.alphabetWhy}`}>{words.messages(segments)}</span>
  );
}

interface HintProps {
  readonly hindrance: Hindrance | null;
  readonly onSelect: (placeholder: string) => void;
}

/** What stands in the way, where it is not plain to see. */
function Hint({ hindrance, onSelect }: HintProps) {
  if (hindrance?.kind === "unfilled") {
    const [first = ""] = hindrance.names;
    return (
      <button type="button" className={styles.hint} onClick={() => onSelect(first)}>
        <span role="alert">{words.unfilled(hindrance.names)}</span>
      </button>
    );
  }
  if (hindrance?.kind === "uploading") {
    return <p className={styles.hint}>{words.sendsAfterUpload}</p>;
  }
  if (hindrance?.kind === "file_refused") {
    return <p className={styles.hint}>{words.fileRefused}</p>;
  }
  return null;
}
