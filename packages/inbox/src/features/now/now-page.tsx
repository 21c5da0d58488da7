import { useQuery } from "@tanstack/react-query";
import { Menu as MenuIcon } from "lucide-react";
import { useEffect } from "react";
import { refusalCodeOf } from "../../data/api.ts";
import { onChange } from "../../data/live/receive.ts";
import { nowOptions, readNowSoon } from "../../data/now.ts";
import { usePeople } from "../../data/people.ts";
import { useWorkplace } from "../../data/workplace.ts";
import { Button } from "../../ui/button.tsx";
import { Bone, PaneState } from "../../ui/state.tsx";
import { clockTime } from "../../ui/times.ts";
import { tryAgainWords } from "../../ui/words.ts";
import { Figures } from "./figures.tsx";
import { shiftOf } from "./model.ts";
import styles from "./now.module.css";
import { PeopleTable } from "./people-table.tsx";
import { TeamsTable } from "./teams-table.tsx";
import { words } from "./words.ts";

/** How the shift stands at this moment, and the way to mend it. */
export function NowPage({ onOpenRail }: { readonly onOpenRail: () => void }) {
  const { property } = useWorkplace();
  const query = useQuery(nowOptions(property.id));
  const { agents } = usePeople(property.id);
  useEffect(() => onChange(() => readNowSoon(property.id)), [property.id]);
  const { data } = query;
  const shift = data && shiftOf(data.agents, (id) => agents.get(id)?.name);
  return (
    <main className={styles.pane} aria-label={words.title}>
      <header className={styles.header}>
        <Button
          look="quiet"
          isSquare
          className={styles.onlyNarrow}
          aria-label={words.openRail}
          onClick={onOpenRail}
        >
          <MenuIcon size={16} strokeWidth={1.6} />
        </Button>
        <h1>{words.title}</h1>
        {data && (
          <p className={styles.about}>
            {words.about(clockTime(query.dataUpdatedAt, property.timeZone))}
          </p>
        )}
      </header>
      {data && shift ? (
        <div className={styles.scroller}>
          {query.isError && (
            <p className={styles.stale} role="alert">
              {words.stale}
            </p>
          )}
          <Figures now={data} signedIn={shift.signedIn} />
          {shift.holding.length > 0 && (
            <PeopleTable title={words.holding} about={words.holdingAbout} people={shift.holding} />
          )}
          <PeopleTable title={words.people} people={shift.others} />
          <TeamsTable />
        </div>
      ) : (
        <NotYet query={query} />
      )}
    </main>
  );
}

interface NotYetProps {
  readonly query: {
    readonly isError: boolean;
    readonly error: unknown;
    readonly refetch: () => unknown;
  };
}

function NotYet({ query }: NotYetProps) {
  if (!query.isError) return <NowBones />;
  if (refusalCodeOf(query.error) === "right.missing") {
    return <PaneState isAlert text={words.notAllowed} />;
  }
  const action = { label: tryAgainWords, run: () => void query.refetch() };
  return <PaneState isAlert text={words.error} action={action} />;
}

function NowBones() {
  return (
    <div role="status">
      <span className="unseen">{words.loading}</span>
      <div className={styles.figures}>
        {["a", "b", "c", "d"].map((figure) => (
          <div key={figure} className={styles.figure}>
            <Bone className={styles.boneLabel} />
            <Bone className={styles.boneFigure} />
            <Bone className={styles.boneLabel} />
          </div>
        ))}
      </div>
      {["a", "b", "c", "d", "e"].map((row) => (
        <div key={row} className={styles.boneRow}>
          <Bone className={styles.bone} />
        </div>
      ))}
    </div>
  );
}
