import { ChevronDown } from "lucide-react";
import { cx } from "./class-names.ts";
import { Finder, type Found } from "./finder.tsx";
import styles from "./finder-field.module.css";
import { Field } from "./form.tsx";

interface Props {
  readonly label: string;
  readonly hint?: string;
  readonly problem?: string | null | undefined;
  readonly chosen: string;
  /** What the chosen one is called. */
  readonly shown: string;
  readonly items: readonly Found[];
  readonly placeholder: string;
  readonly empty: string;
  readonly onChoose: (id: string) => void;
}

/** One of many, found by typing, as a field of a form. */
export function FinderField(props: Props) {
  const { label, hint, problem, chosen, shown, items, placeholder, empty, onChoose } = props;
  return (
    <Field label={label} hint={hint} problem={problem}>
      {({ id, className }) => (
        <Finder
          id={id}
          className={cx(className, styles.finder)}
          groups={[{ value: "", items }]}
          chosenId={chosen}
          label={`${label}: ${shown}`}
          placeholder={placeholder}
          empty={empty}
          onChoose={onChoose}
        >
          <span className={styles.shown}>{shown}</span>
          <ChevronDown size={16} strokeWidth={1.6} aria-hidden="true" />
        </Finder>
      )}
    </Field>
  );
}
