import { useBlocker } from "@tanstack/react-router";
import { Suspense } from "react";
import { lazyPart } from "../../ui/lazy-part.ts";
import { words } from "./words.ts";

const { Part: ConfirmDialog } = lazyPart(
  async () => (await import("../../ui/confirm-dialog.tsx")).ConfirmDialog,
);

/** Whoever leaves with something unsaved is asked first, by us or by the browser. */
export function UnsavedGuard({ isDirty }: { readonly isDirty: () => boolean }) {
  const blocker = useBlocker({
    shouldBlockFn: isDirty,
    enableBeforeUnload: isDirty,
    withResolver: true,
  });
  if (blocker.status !== "blocked") return null;
  return (
    <Suspense>
      <ConfirmDialog
        title={words.unsavedTitle}
        act={words.leave}
        isDanger
        stay={words.stay}
        onAct={blocker.proceed}
        onClose={blocker.reset}
      >
        <p>{words.unsavedText}</p>
      </ConfirmDialog>
    </Suspense>
  );
}
