import { Bone } from "../../ui/state.tsx";
import styles from "./conversations.module.css";
import { words } from "./words.ts";

const rows = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"];

/** Rows that are not here yet, with the geometry of those that will be. */
export function RowBones() {
  return (
    <div role="status">
      <span className="unseen">{words.loading}</span>
      {rows.map((row) => (
        <div key={row} className={`${styles.bonePlace} ${styles.row}`}>
          <span />
          <Bone className={styles.boneName} />
          <Bone className={styles.boneTime} />
          <Bone className={styles.boneText} />
        </div>
      ))}
    </div>
  );
}
