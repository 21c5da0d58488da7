import { useEffect, useState } from "react";
import { connection } from "../data/live/connection.ts";
import { useWorkplace } from "../data/workplace.ts";
import { useStore } from "../store/use-store.ts";
import { clockTime } from "../ui/times.ts";
import styles from "./frame.module.css";
import { words } from "./words.ts";

const shownAfterMs = 1_500;

/** Says that the line is cut: at once when there is no network, else once it is no blink. */
export function OfflineBar() {
  const { property } = useWorkplace();
  const cutAtMs = useStore(connection, (line) => line.cutAtMs);
  const isOffline = useStore(connection, (line) => line.isOffline);
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    if (cutAtMs === null) {
      setShown(false);
      return;
    }
    const show = setTimeout(() => setShown(true), isOffline ? 0 : shownAfterMs);
    return () => clearTimeout(show);
  }, [cutAtMs, isOffline]);
  return (
    <div className={styles.offlinePlace} role="status">
      {isShown && cutAtMs !== null && (
        <div className={styles.offline}>{words.offline(clockTime(cutAtMs, property.timeZone))}</div>
      )}
    </div>
  );
}
