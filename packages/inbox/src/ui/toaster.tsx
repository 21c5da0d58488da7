import { X } from "lucide-react";
import { useEffect } from "react";
import { createStore } from "../store/store.ts";
import { useStore } from "../store/use-store.ts";
import styles from "./toaster.module.css";

export interface Toast {
  readonly text: string;
  /** One action, usually the way back. */
  readonly action?: { readonly label: string; readonly run: () => void };
}

const shownMs = 7_000;
const current = createStore<Toast | null>(null);

/** Shows one toast; it takes the place of the one before. */
export function showToast(toast: Toast): void {
  current.set({ ...toast });
}

/** Where toasts appear. Mounted once. */
export function Toaster() {
  const toast = useStore(current);
  useEffect(() => {
    if (!toast) return;
    const hide = setTimeout(() => current.set(null), shownMs);
    return () => clearTimeout(hide);
  }, [toast]);
  const act = () => {
    current.set(null);
    toast?.action?.run();
  };
  return (
    <div className={styles.place} role="status" aria-live="polite">
      {toast && (
        <div className={styles.toast}>
          <span className={styles.text}>{toast.text}</span>
          {toast.action ? (
            <button type="button" onClick={act}>
              {toast.action.label}
            </button>
          ) : (
            <button type="button" aria-label="Dismiss" onClick={() => current.set(null)}>
              <X size={16} strokeWidth={1.6} />
            </button>
          )}
        </div>
      )}
    </div>
  );
}
