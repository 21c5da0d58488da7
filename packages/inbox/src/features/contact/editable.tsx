import { type KeyboardEvent, useRef, useState } from "react";
import { cx } from "../../ui/class-names.ts";
import { whyNot } from "./act.ts";
import styles from "./contact.module.css";
import { words } from "./words.ts";

interface Props {
  /** What it is, for its buttons: "Room". */
  readonly name: string;
  readonly value: string;
  /** What is shown for the value, where that is something else. */
  readonly shown?: string;
  /** What stands where nothing is. */
  readonly empty?: string;
  readonly isReadOnly: boolean;
  readonly type?: "text" | "date";
  readonly inputMode?: "text" | "decimal";
  readonly className?: string | undefined;
  /** What is wrong with the text, before it is sent. */
  readonly check?: (typed: string) => string | null;
  readonly onBegin?: () => void;
  /** Throws what is refused: the editor then opens again with what was typed. */
  readonly onSave: (typed: string) => Promise<void>;
}

/** A text that is changed where it stands: Enter or a click elsewhere saves, Escape does not. */
export function Editable(props: Props) {
  const [typed, setTyped] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  // Whoever came by key goes on by key: the focus comes back to where it was.
  const isByKey = useRef(false);
  const { name, value, isReadOnly, empty = words.add } = props;
  const shown = props.shown ?? value;
  if (isReadOnly)
    return shown === "" ? <Nothing /> : <bdi className={props.className}>{shown}</bdi>;
  if (typed === null) {
    const begin = () => {
      props.onBegin?.();
      setTyped(value);
    };
    return (
      <button
        type="button"
        className={cx(styles.inPlace, shown === "" && styles.isEmpty, props.className)}
        ref={(button) => {
          if (button && isByKey.current) button.focus();
          if (button) isByKey.current = false;
        }}
        aria-label={shown === "" ? words.addNamed(name) : `${words.edit(name)}: ${shown}`}
        onClick={begin}
      >
        <bdi>{shown === "" ? empty : shown}</bdi>
      </button>
    );
  }
  const leave = () => {
    setTyped(null);
    setProblem(null);
  };
  const save = (text: string) => {
    if (text.trim() === value && problem === null) return leave();
    const wrong = props.check?.(text) ?? null;
    if (wrong !== null) return setProblem(wrong);
    leave();
    props.onSave(text).catch((error: unknown) => {
      setTyped(text);
      setProblem(whyNot(error));
    });
  };
  return (
    <Editor
      {...{ name, typed, problem, save, leave }}
      type={props.type ?? "text"}
      inputMode={props.inputMode ?? "text"}
      className={props.className}
      onTyped={setTyped}
      onKey={() => {
        isByKey.current = true;
      }}
    />
  );
}

/** Nothing is known, and this reader may not say it. */
export function Nothing() {
  return <span className={styles.nothing}>–</span>;
}

interface EditorProps {
  readonly name: string;
  readonly typed: string;
  readonly problem: string | null;
  readonly type: "text" | "date";
  readonly inputMode: "text" | "decimal";
  readonly className: string | undefined;
  readonly onTyped: (typed: string) => void;
  readonly save: (typed: string) => void;
  readonly leave: () => void;
  readonly onKey: () => void;
}

function Editor({ name, typed, problem, save, leave, onKey, ...rest }: EditorProps) {
  const isDone = useRef(false);
  const finish = (act: () => void) => {
    isDone.current = true;
    act();
    // A problem keeps the editor open; the next Enter or click elsewhere counts again.
    queueMicrotask(() => {
      isDone.current = false;
    });
  };
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key !== "Enter" && event.key !== "Escape") return;
    // The button that takes the focus must not be pressed by the same key.
    event.preventDefault();
    onKey();
    if (event.key === "Enter") finish(() => save(typed));
    if (event.key !== "Escape") return;
    // Escape leaves this field and nothing around it.
    event.stopPropagation();
    finish(leave);
  };
  return (
    <>
      <input
        className={cx(styles.editor, rest.className)}
        aria-label={name}
        aria-invalid={problem !== null}
        autoComplete="off"
        // biome-ignore lint/a11y/noAutofocus: somebody has just asked to edit this very field
        autoFocus
        dir="auto"
        type={rest.type}
        inputMode={rest.inputMode}
        value={typed}
        onFocus={(event) => rest.type === "text" && event.target.select()}
        onChange={(event) => rest.onTyped(event.target.value)}
        onKeyDown={press}
        onBlur={() => !isDone.current && problem === null && save(typed)}
      />
      {problem !== null && (
        <span className={styles.problem} role="alert">
          {problem}
        </span>
      )}
    </>
  );
}
