import { useEffect, useState } from "react";
import { connection } from "../data/live/connection.ts";
import { useWorkplace } from "../data/workplace.ts";
import { useStore } from "../store/use-store.ts";
import { clockTime } from "../ui/times.ts";
import styles from "./frame.module.css";
import { words } from "./words.ts";

const shownAfterMs = 1_500;

/** Says that the line is cut, once it is more than a blink. */
export function OfflineBar() {
  const { property } = useWorkplace();
  const cutAtMs = useStore(connection, (line) => line.cutAtMs);
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    if (cutAtMs === null) {
      setShown(false);
      return;
    }
    const show = setTimeout(() => setShown(true), shownAfterMs);
    return () => clearTimeout(show);
  }, [cutAtMs]);
  return (
    <div className={styles.offlinePlace} role="status">
      {isShown && cutAtMs !== null && (
        <div className={styles.offline}>{words.offline(clockTime(cutAtMs, property.timeZone))}</div>
      )}
    </div>
  );
}
