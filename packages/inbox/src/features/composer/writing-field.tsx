import { type KeyboardEvent, useLayoutEffect, useMemo, useRef } from "react";
import { cx } from "../../ui/class-names.ts";
import styles from "./composer.module.css";
import { markedIn, sendsBy } from "./model.ts";
import { choiceId, choicesId } from "./suggestions.tsx";
import type { Files } from "./use-files.ts";
import type { SuggestionsState } from "./use-suggestions.ts";
import type { Writing } from "./use-writing.ts";
import { words } from "./words.ts";

interface Props {
  readonly writing: Writing;
  readonly suggestions: SuggestionsState;
  readonly files: Files;
}

/** One to eight lines in which somebody writes; what needs an eye is marked behind them. */
export function WritingField({ writing, suggestions, files }: Props) {
  const { input, text, kind, name, count, write, send } = writing;
  const isNote = kind === "note";
  const isOpen = suggestions.choices.length > 0;
  useGrowing(writing);
  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (suggestions.press(event)) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    const { key, shiftKey, altKey, keyCode, nativeEvent } = event;
    const hasMod = event.metaKey || event.ctrlKey;
    const { isComposing } = nativeEvent;
    const sending = sendsBy({ key, shiftKey, altKey, hasMod, keyCode, isComposing });
    if (sending !== null) {
      event.preventDefault();
      if (!suggestions.isInserting) send(sending === "send_and_close" && !isNote);
    } else if (key === "Escape") input.current?.blur();
  };
  const guestHint = suggestions.hasTemplates ? words.messageHintTemplates : words.messageHint;
  return (
    <div className={cx(styles.field, isTall(text) && styles.isTall)}>
      <Backdrop writing={writing} />
      <textarea
        ref={input}
        className={styles.input}
        rows={1}
        value={text}
        dir="auto"
        readOnly={suggestions.isInserting}
        placeholder={isNote ? words.noteHint : guestHint(name)}
        aria-label={isNote ? words.note : words.messageHint(name)}
        aria-invalid={count.isOver}
        aria-describedby="composer-count"
        aria-autocomplete="list"
        aria-controls={isOpen ? choicesId : undefined}
        aria-activedescendant={isOpen ? choiceId(suggestions.active) : undefined}
        enterKeyHint="send"
        onChange={(event) => {
          write(event.target.value);
          suggestions.look();
        }}
        onSelect={suggestions.look}
        onBlur={suggestions.close}
        onPaste={files.paste}
        onKeyDown={press}
      />
    </div>
  );
}

const tallFromCharacters = 24;

/** Whether a text may take more than one line on the narrowest screen. */
function isTall(text: string): boolean {
  return text.length > tallFromCharacters || text.includes("\n");
}

/** Marks behind the words: drawn below the field, with the same lines. */
function Backdrop({ writing }: Pick<Props, "writing">) {
  const { text, marks, input } = writing;
  const own = useRef<HTMLDivElement>(null);
  const marked = useMemo(() => markedIn(text, marks), [text, marks]);
  const isShown = marked !== null;
  useLayoutEffect(() => {
    const field = input.current;
    if (!field || !isShown) return;
    const follow = () => {
      if (own.current) own.current.scrollTop = field.scrollTop;
    };
    follow();
    field.addEventListener("scroll", follow, { passive: true });
    return () => field.removeEventListener("scroll", follow);
  }, [input, isShown]);
  if (marked === null) return null;
  let offset = 0;
  return (
    <div ref={own} className={styles.backdrop} aria-hidden="true" dir="auto">
      {marked.map((part) => {
        const key = offset;
        offset += part.text.length;
        return part.isMarked ? <mark key={key}>{part.text}</mark> : part.text;
      })}
      {"\u200b"}
    </div>
  );
}

/** Where the browser does not size a field by its content, we do. */
function useGrowing({ input, text }: Writing): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text
  useLayoutEffect(() => {
    const element = input.current;
    if (!element || CSS.supports("field-sizing", "content")) return;
    element.style.height = "auto";
    element.style.height = `${element.scrollHeight}px`;
  }, [input, text]);
}
