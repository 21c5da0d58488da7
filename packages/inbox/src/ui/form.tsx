import { ChevronDown } from "lucide-react";
import { type ComponentProps, type ReactNode, useId } from "react";
import { cx } from "./class-names.ts";
import styles from "./form.module.css";

interface Labelled {
  readonly label: string;
  /** The label is for a screen reader alone: what stands around says it already. */
  readonly isLabelHidden?: boolean;
  readonly hint?: ReactNode;
  /** What is wrong with what was typed; said beside it, never only in a toast. */
  readonly problem?: string | null | undefined;
  /** At the end of the label's line: a counter, say. */
  readonly aside?: ReactNode;
}

interface Ids {
  readonly id: string;
  readonly "aria-describedby": string | undefined;
  readonly "aria-invalid": boolean;
  readonly className: string | undefined;
}

/** A control with its label, a hint, and what is wrong. */
export function Field(props: Labelled & { readonly children: (ids: Ids) => ReactNode }) {
  const { label, isLabelHidden = false, hint, problem, aside, children } = props;
  const id = useId();
  const hasProblem = problem !== null && problem !== undefined;
  const said = hasProblem ? `${id}-problem` : hint ? `${id}-hint` : undefined;
  return (
    <div className={styles.field}>
      <div className={cx(styles.label, isLabelHidden && "unseen")}>
        <label htmlFor={id}>{label}</label>
        {aside}
      </div>
      {children({
        id,
        "aria-describedby": said,
        "aria-invalid": hasProblem,
        className: styles.input,
      })}
      {hasProblem ? (
        <p id={`${id}-problem`} className={styles.problem} role="alert">
          {problem}
        </p>
      ) : (
        hint && (
          <p id={`${id}-hint`} className={styles.hint}>
            {hint}
          </p>
        )
      )}
    </div>
  );
}

type Native<Tag extends "input" | "textarea" | "select"> = Omit<
  ComponentProps<Tag>,
  "onChange" | "value" | "className"
>;

interface Typed {
  readonly value: string;
  readonly onValue: (value: string) => void;
}

/** One line of text. Nothing that is typed is cut off: what is too long is said to be. */
export function TextField(props: Labelled & Typed & Native<"input">) {
  const { label, isLabelHidden, hint, problem, aside, onValue, ...rest } = props;
  return (
    <Field {...{ label, problem, hint, aside }} isLabelHidden={isLabelHidden ?? false}>
      {(ids) => (
        <input
          autoComplete="off"
          dir="auto"
          {...rest}
          {...ids}
          onChange={(event) => onValue(event.target.value)}
        />
      )}
    </Field>
  );
}

/** Several lines of text. */
export function TextArea(props: Labelled & Typed & Native<"textarea">) {
  const { label, isLabelHidden, hint, problem, aside, onValue, ...rest } = props;
  return (
    <Field {...{ label, problem, hint, aside }} isLabelHidden={isLabelHidden ?? false}>
      {(ids) => (
        <textarea dir="auto" {...rest} {...ids} onChange={(event) => onValue(event.target.value)} />
      )}
    </Field>
  );
}

interface SelectProps<Value extends string> extends Labelled {
  readonly value: Value;
  readonly onValue: (value: Value) => void;
  readonly choices: readonly { readonly value: Value; readonly label: string }[];
  readonly disabled?: boolean;
}

/** One of several, by the platform's own list. */
export function SelectField<Value extends string>(props: SelectProps<Value>) {
  const { value, onValue, choices, disabled = false, ...labelled } = props;
  const choose = (chosen: string) => {
    const known = choices.find((one) => one.value === chosen);
    if (known) onValue(known.value);
  };
  return (
    <Field {...labelled}>
      {(ids) => (
        <span className={styles.selectBox}>
          <select
            {...ids}
            value={value}
            disabled={disabled}
            onChange={(event) => choose(event.target.value)}
          >
            {choices.map((choice) => (
              <option key={choice.value} value={choice.value}>
                {choice.label}
              </option>
            ))}
          </select>
          <ChevronDown size={16} strokeWidth={1.6} aria-hidden="true" />
        </span>
      )}
    </Field>
  );
}

interface SwitchProps extends Omit<ComponentProps<"button">, "onChange" | "className"> {
  readonly isOn: boolean;
  readonly onSwitch: (isOn: boolean) => void;
}

/** Yes or no, at once. It needs an `aria-label` or an `aria-labelledby`. */
export function Switch({ isOn, onSwitch, ...rest }: SwitchProps) {
  return (
    <button
      type="button"
      role="switch"
      aria-checked={isOn}
      {...rest}
      className={styles.switch}
      onClick={() => onSwitch(!isOn)}
    />
  );
}

interface RadiosProps<Value extends string> {
  readonly legend: string;
  readonly value: Value | null;
  readonly onValue: (value: Value) => void;
  readonly choices: readonly { readonly value: Value; readonly label: string }[];
  readonly problem?: string | null;
}

/** One of a few, all in sight. */
export function Radios<Value extends string>(props: RadiosProps<Value>) {
  const { legend, value, onValue, choices, problem = null } = props;
  const name = useId();
  return (
    <fieldset className={styles.choices} aria-describedby={problem ? `${name}-problem` : undefined}>
      <legend>{legend}</legend>
      {choices.map((choice) => (
        <label key={choice.value} className={styles.choice}>
          <input
            type="radio"
            name={name}
            checked={choice.value === value}
            onChange={() => onValue(choice.value)}
          />
          <span>{choice.label}</span>
        </label>
      ))}
      {problem && (
        <p id={`${name}-problem`} className={styles.problem} role="alert">
          {problem}
        </p>
      )}
    </fieldset>
  );
}

interface CheckProps {
  readonly isOn: boolean;
  readonly onSwitch: (isOn: boolean) => void;
  readonly disabled?: boolean;
  readonly children: ReactNode;
}

/** One of many that may each be chosen. */
export function Check({ isOn, onSwitch, disabled = false, children }: CheckProps) {
  return (
    <label className={styles.choice}>
      <input
        type="checkbox"
        checked={isOn}
        disabled={disabled}
        onChange={(event) => onSwitch(event.target.checked)}
      />
      <span>{children}</span>
    </label>
  );
}

/** How much of a limit is used, once it matters. */
export function Count({ used, max }: { readonly used: number; readonly max: number }) {
  const saidFrom = 0.8;
  if (used < max * saidFrom) return null;
  const text = `${used.toLocaleString("en-GB")} of ${max.toLocaleString("en-GB")}`;
  return <span className={cx(styles.count, "figures")}>{text}</span>;
}
