import { useEffect, useRef } from "react";
import { Avatar, TeamDot } from "../../ui/avatar.tsx";
import { cx } from "../../ui/class-names.ts";
import styles from "./suggestions.module.css";
import type { Choice, SuggestionsState } from "./use-suggestions.ts";

/** The id of a line, for the field that points to it. */
export function choiceId(index: number): string {
  return `composer-choice-${index}`;
}

export const choicesId = "composer-choices";

/** The list above the field. The field keeps the focus; its keys move here. */
export function Suggestions({ label, choices, active, onActive, close }: SuggestionsState) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: "nearest" });
  }, [active]);
  return (
    <div ref={list} id={choicesId} className={styles.list} role="listbox" aria-label={label}>
      {choices.map((choice, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the field below moves and chooses by keys
        <div
          key={choice.id}
          id={choiceId(index)}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          className={cx(styles.choice, index === active && styles.isActive)}
          onPointerMove={() => onActive(index)}
          // The field must not lose its focus, nor the list its place, before the click.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => {
            choice.choose();
            close();
          }}
        >
          <Face choice={choice} />
          <span className={styles.title}>
            <bdi>{choice.title}</bdi>
          </span>
          <span className={styles.detail} dir="auto">
            {choice.detail}
          </span>
          {choice.typed !== null && <kbd>{choice.typed}</kbd>}
        </div>
      ))}
    </div>
  );
}

function Face({ choice: { face, title } }: { readonly choice: Choice }) {
  if (face.kind === "template") return null;
  return (
    <span className={styles.face}>
      {face.kind === "agent" ? (
        <Avatar name={title} size="small" />
      ) : (
        <TeamDot colour={face.colour} />
      )}
    </span>
  );
}
