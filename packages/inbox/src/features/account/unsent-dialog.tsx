import { outbox } from "../../data/outbox-sender.ts";
import { useStore } from "../../store/use-store.ts";
import { Button } from "../../ui/button.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import styles from "./account.module.css";
import { words } from "./words.ts";

interface Props {
  readonly onClose: () => void;
  readonly onSignOut: () => void;
}

/** Signing out would delete what is not sent: say so before. */
export function UnsentDialog({ onClose, onSignOut }: Props) {
  const count = useStore(outbox, (all) => all.length);
  return (
    <Sheet isOpen onClose={onClose} title={words.unsentTitle} hasHead className={styles.dialog}>
      <div className={styles.warning}>
        <p>{words.unsent(count)}</p>
        <div className={styles.acts}>
          <Button onClick={onClose}>{words.stay}</Button>
          <Button look="danger" onClick={onSignOut}>
            {words.signOutAnyway}
          </Button>
        </div>
      </div>
    </Sheet>
  );
}
