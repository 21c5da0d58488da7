import { Navigate, useParams, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useWorkplace } from "../data/workplace.ts";
import { asSection } from "../features/settings/sections.ts";
import { SettingsPage } from "../features/settings/settings-page.tsx";
import { phoneQuery, useMedia } from "../ui/use-media.ts";
import { DemoMark } from "./demo-mark.tsx";
import styles from "./frame.module.css";
import { RailPlace } from "./rail-place.tsx";
import { useFeed } from "./use-feed.ts";
import { useTitle } from "./use-title.ts";
import { useViewCommands } from "./use-view-commands.ts";

/** The rail, the sections of the settings, and the one that is open. */
export function SettingsScreen() {
  const { property } = useWorkplace();
  const { section: named } = useParams({ strict: false });
  const { item } = useSearch({ strict: false });
  const section = asSection(named) ?? null;
  const isPhone = useMedia(phoneQuery);
  const [isRailOpen, setRailOpen] = useState(false);
  useFeed(null);
  useTitle();
  useViewCommands();
  if (section === null && !isPhone) {
    const params = { propertyId: property.id, section: "property" };
    return <Navigate to="/p/$propertyId/settings/$section" params={params} search={{}} replace />;
  }
  return (
    <div className={`${styles.frame} ${styles.wide}`}>
      <RailPlace current={null} isSheetOpen={isRailOpen} onSheet={setRailOpen} />
      <SettingsPage section={section} item={item ?? null} onOpenRail={() => setRailOpen(true)} />
      <DemoMark />
    </div>
  );
}
