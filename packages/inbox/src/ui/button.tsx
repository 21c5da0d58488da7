import type { ComponentProps } from "react";
import styles from "./button.module.css";
import { cx } from "./class-names.ts";

export type ButtonLook = "plain" | "primary" | "note" | "danger" | "quiet" | "link";

interface Props extends ComponentProps<"button"> {
  readonly look?: ButtonLook;
  /** As wide as high, for an icon alone: it needs an `aria-label`. */
  readonly isSquare?: boolean;
}

/** A button. One `primary` per pane. */
export function Button({ look = "plain", isSquare = false, className, ...rest }: Props) {
  return <button type="button" {...rest} className={cx(buttonClass(look, isSquare), className)} />;
}

/** The look of a button, for what is a link or a part of another library. */
export function buttonClass(look: ButtonLook = "plain", isSquare = false): string {
  return cx(styles.button, look !== "plain" && styles[look], isSquare && styles.square);
}
