import { Link } from "@tanstack/react-router";
import { ArrowLeft } from "lucide-react";
import { useWorkplace } from "../../data/workplace.ts";
import styles from "./settings.module.css";
import { words } from "./words.ts";

/** The way back to the list of sections, where only one column has room. */
export function BackToSections() {
  const { property } = useWorkplace();
  return (
    <Link
      to="/p/$propertyId/settings"
      params={{ propertyId: property.id }}
      className={styles.back}
      aria-label={words.back}
    >
      <ArrowLeft size={20} strokeWidth={1.6} aria-hidden="true" />
    </Link>
  );
}
