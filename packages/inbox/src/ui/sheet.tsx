import { Dialog } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { buttonClass } from "./button.tsx";
import { cx } from "./class-names.ts";
import styles from "./sheet.module.css";

interface Props {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** What it is, for a screen reader; shown as its head with `hasHead`. */
  readonly title: string;
  readonly hasHead?: boolean;
  /** In the middle, or along the side where text starts or ends. */
  readonly place?: "dialog" | "start" | "end";
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/** Something over the page: a dialog in the middle, or a sheet along a side. */
export function Sheet(props: Props) {
  const { isOpen, onClose, title, hasHead = false, place = "dialog", children } = props;
  return (
    <Dialog.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={styles.scrim} />
        <Dialog.Popup className={cx(styles[place], props.className)}>
          {hasHead ? (
            <div className={styles.head}>
              <Dialog.Title className={styles.title}>{title}</Dialog.Title>
              <Dialog.Close className={buttonClass("quiet", true)} aria-label="Close">
                <X size={16} strokeWidth={1.6} />
              </Dialog.Close>
            </div>
          ) : (
            <Dialog.Title className="unseen">{title}</Dialog.Title>
          )}
          {children}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
