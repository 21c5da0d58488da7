import type { Property } from "@foyer/contract";
import { useNavigate } from "@tanstack/react-router";
import type { ListKey } from "../data/model.ts";
import { Me } from "../features/account/me.tsx";
import { Rail } from "../features/rail/rail.tsx";
import { LazySheet } from "../ui/lazy-sheet.tsx";
import { narrowQuery, useMedia } from "../ui/use-media.ts";
import styles from "./frame.module.css";
import { words } from "./words.ts";

interface Props {
  readonly current: ListKey | null;
  readonly isSheetOpen: boolean;
  readonly onSheet: (isOpen: boolean) => void;
}

/** The rail as a pane, or as a sheet where there is no room for one. */
export function RailPlace({ current, isSheetOpen, onSheet }: Props) {
  const isNarrow = useMedia(narrowQuery);
  const navigate = useNavigate();
  const close = () => onSheet(false);
  const switchTo = (property: Property) => {
    close();
    void navigate({
      to: "/p/$propertyId/$view",
      params: { propertyId: property.id, view: "all" },
      search: {},
    });
  };
  const rail = <Rail current={current} onProperty={switchTo} onChosen={close} foot={<Me />} />;
  if (!isNarrow) return <div className={styles.rail}>{rail}</div>;
  return (
    <LazySheet place="start" isOpen={isSheetOpen} onClose={close} title={words.views}>
      {rail}
    </LazySheet>
  );
}
