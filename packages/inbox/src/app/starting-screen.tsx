import styles from "./frame.module.css";
import { words } from "./words.ts";

/** The frame before anything is known: panes in place, nothing in them. */
export function StartingScreen() {
  return (
    <div className={styles.frame} role="status">
      <span className="unseen">{words.starting}</span>
      <div className={`${styles.rail} ${styles.blank}`} />
      <div className={styles.list} />
      <div className={`${styles.thread} ${styles.blank}`} />
      <div className={styles.contact} />
    </div>
  );
}
