import { useState } from "react";
import { NowPage } from "../features/now/now-page.tsx";
import { DemoMark } from "./demo-mark.tsx";
import styles from "./frame.module.css";
import { RailPlace } from "./rail-place.tsx";
import { useFeed } from "./use-feed.ts";
import { useTitle } from "./use-title.ts";
import { useViewCommands } from "./use-view-commands.ts";

/** The rail, and how the shift stands. */
export function NowScreen() {
  const [isRailOpen, setRailOpen] = useState(false);
  useFeed(null);
  useTitle();
  useViewCommands();
  return (
    <div className={`${styles.frame} ${styles.wide}`}>
      <RailPlace current={null} isSheetOpen={isRailOpen} onSheet={setRailOpen} />
      <NowPage onOpenRail={() => setRailOpen(true)} />
      <DemoMark />
    </div>
  );
}
