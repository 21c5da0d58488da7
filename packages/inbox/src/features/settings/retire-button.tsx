import { type ReactNode, Suspense, useState } from "react";
import { refusalCodeOf } from "../../data/api.ts";
import { Button } from "../../ui/button.tsx";
import { lazyPart } from "../../ui/lazy-part.ts";
import { whyRefused } from "../../ui/words.ts";
import { words } from "./words.ts";

const { Part: ConfirmDialog } = lazyPart(
  async () => (await import("../../ui/confirm-dialog.tsx")).ConfirmDialog,
);

interface Props {
  readonly label: string;
  readonly title: string;
  /** What will happen. */
  readonly children: ReactNode;
  readonly onAct: () => Promise<void>;
}

/** Ends something, after asking. */
export function RetireButton({ label, title, children, onAct }: Props) {
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <Button look="quiet" onClick={() => setAsking(true)}>
        {label}
      </Button>
      {isAsking && (
        <Suspense>
          <ConfirmDialog
            title={title}
            act={label}
            isDanger
            onAct={onAct}
            whyNot={(error) => words.notDone(whyRefused(refusalCodeOf(error)))}
            onClose={() => setAsking(false)}
          >
            {children}
          </ConfirmDialog>
        </Suspense>
      )}
    </>
  );
}
