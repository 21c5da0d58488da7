import { type ReactNode, useState } from "react";
import { Button } from "./button.tsx";
import styles from "./confirm-dialog.module.css";
import { Sheet } from "./sheet.tsx";

interface Props {
  readonly title: string;
  /** What will happen, in a sentence or two. */
  readonly children: ReactNode;
  readonly act: string;
  readonly isDanger?: boolean;
  readonly stay?: string;
  /** Throws what stands in the way; `whyNot` puts it into words. */
  readonly onAct: () => Promise<void> | void;
  readonly whyNot?: (error: unknown) => string;
  readonly onClose: () => void;
}

/** Asks before something that is hard to undo, and says what stands in its way. */
export function ConfirmDialog(props: Props) {
  const { title, children, act, isDanger = false, stay = "Cancel", onAct, onClose } = props;
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const run = async () => {
    if (isBusy) return;
    setBusy(true);
    setProblem(null);
    try {
      await onAct();
      onClose();
    } catch (error) {
      setProblem(props.whyNot?.(error) ?? String(error));
      setBusy(false);
    }
  };
  return (
    <Sheet isOpen onClose={onClose} title={title} hasHead className={styles.dialog}>
      <div className={styles.body}>
        <div className={styles.text}>{children}</div>
        {problem !== null && (
          <p className={styles.problem} role="alert">
            {problem}
          </p>
        )}
        <div className={styles.acts}>
          <Button onClick={onClose}>{stay}</Button>
          <Button
            look={isDanger ? "danger" : "primary"}
            aria-disabled={isBusy}
            onClick={() => void run()}
          >
            {act}
          </Button>
        </div>
      </div>
    </Sheet>
  );
}
