import { Bone } from "../../ui/state.tsx";
import styles from "./thread.module.css";
import { words } from "./words.ts";

const shapes = [
  { key: "a", isOwn: false, width: "46%" },
  { key: "b", isOwn: true, width: "58%" },
  { key: "c", isOwn: false, width: "34%" },
] as const;

/** Bubbles that are not here yet. */
export function ThreadBones() {
  return (
    <div className={styles.bones} role="status">
      <span className="unseen">{words.loading}</span>
      {shapes.map(({ key, isOwn, width }) => (
        <div key={key} style={{ width, alignSelf: isOwn ? "flex-end" : "flex-start" }}>
          <Bone className={styles.boneBubble} />
        </div>
      ))}
    </div>
  );
}
