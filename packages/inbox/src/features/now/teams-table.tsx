import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { CircleDashed } from "lucide-react";
import type { ReactNode } from "react";
import { type ListKey, lateAfterMs, listKeyOf } from "../../data/model.ts";
import { countsOptions, usePeople } from "../../data/people.ts";
import { useWorkplace } from "../../data/workplace.ts";
import { TeamDot } from "../../ui/avatar.tsx";
import { cx } from "../../ui/class-names.ts";
import { duration } from "../../ui/times.ts";
import { useNow } from "../../ui/use-now.ts";
import styles from "./now.module.css";
import { words } from "./words.ts";

/** What teams hold, and what nobody does. */
export function TeamsTable() {
  const { property } = useWorkplace();
  const { teams } = usePeople(property.id);
  const counts = useQuery(countsOptions(property.id)).data;
  if (!counts) return null;
  const none = { total: 0, waiting: 0, longestWaitingSince: null };
  return (
    <section className={styles.section}>
      <h2>{words.teams}</h2>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{words.name}</th>
            <th scope="col" className={styles.number}>
              {words.open}
            </th>
            <th scope="col" className={styles.number}>
              {words.waits}
            </th>
            <th scope="col" className={cx(styles.number, styles.longest)}>
              {words.longestColumn}
            </th>
          </tr>
        </thead>
        <tbody>
          <Row
            to={listKeyOf("unassigned")}
            icon={<CircleDashed size={16} strokeWidth={1.6} aria-hidden="true" />}
            name={words.unassigned}
            count={counts.unassigned}
          />
          {[...teams.values()].map((team) => (
            <Row
              key={team.id}
              to={listKeyOf("team", { teamId: team.id })}
              icon={<TeamDot colour={team.colour} />}
              name={team.name}
              count={counts.teams.find(({ teamId }) => teamId === team.id) ?? none}
            />
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface RowProps {
  readonly to: ListKey;
  readonly icon: ReactNode;
  readonly name: string;
  readonly count: {
    readonly total: number;
    readonly waiting: number;
    readonly longestWaitingSince: string | null;
  };
}

function Row({ to, icon, name, count }: RowProps) {
  const { property } = useWorkplace();
  const now = useNow();
  const since = count.longestWaitingSince;
  const waitedMs = since === null ? null : Math.max(0, now - Date.parse(since));
  const isLate = waitedMs !== null && waitedMs >= lateAfterMs;
  return (
    <tr>
      <td>
        <Link
          to="/p/$propertyId/$view"
          params={{ propertyId: property.id, view: to.view }}
          search={to.teamId ? { team: to.teamId } : {}}
          className={styles.who}
        >
          <span className={styles.slot}>{icon}</span>
          <bdi className={styles.name}>{name}</bdi>
        </Link>
      </td>
      <td className={styles.number}>{count.total}</td>
      <td className={cx(styles.number, count.waiting > 0 && styles.waits)}>{count.waiting}</td>
      <td className={cx(styles.number, styles.longest, isLate && styles.isLate)}>
        {waitedMs === null ? words.none : duration(waitedMs)}
      </td>
    </tr>
  );
}
