import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useWorkplace } from "../data/workplace.ts";
import { DeliveriesPane } from "../features/deliveries/deliveries-pane.tsx";
import { DemoMark } from "./demo-mark.tsx";
import styles from "./frame.module.css";
import { RailPlace } from "./rail-place.tsx";
import { useFeed } from "./use-feed.ts";
import { useTitle } from "./use-title.ts";
import { useViewCommands } from "./use-view-commands.ts";

const route = getRouteApi("/signed-in/p/$propertyId/deliveries");

/** The rail, and what carriers brought. */
export function DeliveriesScreen() {
  const { property } = useWorkplace();
  const { state } = route.useSearch();
  const navigate = useNavigate();
  const [isRailOpen, setRailOpen] = useState(false);
  useFeed(null);
  useTitle();
  useViewCommands();
  return (
    <div className={`${styles.frame} ${styles.wide}`}>
      <RailPlace current={null} isSheetOpen={isRailOpen} onSheet={setRailOpen} />
      <div className={styles.table}>
        <DeliveriesPane
          filter={state ?? "all"}
          onOpenRail={() => setRailOpen(true)}
          onFilter={(filter) =>
            void navigate({
              to: "/p/$propertyId/deliveries",
              params: { propertyId: property.id },
              search: filter === "all" ? {} : { state: filter },
            })
          }
        />
      </div>
      <DemoMark />
    </div>
  );
}
