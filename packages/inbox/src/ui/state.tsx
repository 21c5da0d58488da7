import type { ReactNode } from "react";
import { Button } from "./button.tsx";
import { cx } from "./class-names.ts";
import styles from "./state.module.css";

interface Props {
  readonly icon?: ReactNode;
  /** One sentence. */
  readonly text: string;
  /** One action. */
  readonly action?: { readonly label: string; readonly run: () => void } | undefined;
  readonly isAlert?: boolean;
}

/** A pane that has nothing to show, and says why in one sentence. */
export function PaneState({ icon, text, action, isAlert = false }: Props) {
  return (
    <div className={styles.state} role={isAlert ? "alert" : undefined}>
      {icon && (
        <span className={styles.icon} aria-hidden="true">
          {icon}
        </span>
      )}
      <p className={styles.text}>{text}</p>
      {action && <Button onClick={action.run}>{action.label}</Button>}
    </div>
  );
}

/** A line of text that is not here yet; its width is given by the class. */
export function Bone({ className }: { readonly className?: string | undefined }) {
  return <span aria-hidden="true" className={cx(styles.bone, className)} />;
}
