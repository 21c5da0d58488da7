import type { DraftKind } from "../../data/drafts.ts";
import styles from "./composer.module.css";
import { words } from "./words.ts";

interface Props {
  readonly kind: DraftKind;
  readonly onKind: (kind: DraftKind) => void;
  /** Null: only notes can be written. */
  readonly textLabel: string | null;
}

/** To whom: the guest, by what; or colleagues. */
export function ComposerTabs({ kind, onKind, textLabel }: Props) {
  const tabs: { kind: DraftKind; label: string }[] = [
    ...(textLabel === null ? [] : [{ kind: "message" as const, label: textLabel }]),
    { kind: "note", label: words.note },
  ];
  const other = kind === "note" && textLabel !== null ? "message" : "note";
  return (
    <div
      className={styles.tabs}
      role="tablist"
      aria-label={words.composer}
      onKeyDown={(event) => {
        if (event.key === "ArrowLeft" || event.key === "ArrowRight") onKind(other);
      }}
    >
      {tabs.map((tab) => (
        <button
          key={tab.kind}
          type="button"
          role="tab"
          className={styles.tab}
          aria-selected={tab.kind === kind}
          tabIndex={tab.kind === kind ? 0 : -1}
          onClick={() => onKind(tab.kind)}
        >
          <span>{tab.label}</span>
        </button>
      ))}
    </div>
  );
}
