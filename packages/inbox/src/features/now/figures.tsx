import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { lateAfterMs } from "../../data/model.ts";
import type { Now } from "../../data/now.ts";
import { detailOptions } from "../../data/threads.ts";
import { useWorkplace } from "../../data/workplace.ts";
import { cx } from "../../ui/class-names.ts";
import { duration } from "../../ui/times.ts";
import { useNow } from "../../ui/use-now.ts";
import { spanWords } from "./model.ts";
import styles from "./now.module.css";
import { words } from "./words.ts";

interface Props {
  readonly now: Now;
  readonly signedIn: number;
}

/** The four figures of a shift; each but the last opens its list. */
export function Figures({ now, signedIn }: Props) {
  const { property } = useWorkplace();
  const propertyId = property.id;
  const isLate = useIsLate(now);
  return (
    <ul className={styles.figures}>
      <li>
        <Link
          to="/p/$propertyId/$view"
          params={{ propertyId, view: "waiting" }}
          search={{}}
          className={cx(styles.figure, styles.opens)}
        >
          <Face label={words.waiting} value={String(now.waiting)} isLate={isLate}>
            {now.waiting === 0 ? words.nobodyWaits : words.seeWaiting}
          </Face>
        </Link>
      </li>
      <li>
        <Longest now={now} isLate={isLate} />
      </li>
      <li>
        <Link
          to="/p/$propertyId/$view"
          params={{ propertyId, view: "answered_today" }}
          search={{}}
          className={cx(styles.figure, styles.opens)}
        >
          <Face
            label={words.median}
            value={
              now.firstAnswerMedianMs === null ? words.none : spanWords(now.firstAnswerMedianMs)
            }
            unit={now.firstAnswerMedianMs === null ? undefined : words.medianIs}
          >
            {now.answeredToday === 0 ? words.noneAnswered : words.answered(now.answeredToday)}
          </Face>
        </Link>
      </li>
      <li>
        <div className={styles.figure}>
          <Face
            label={words.signedIn}
            value={String(signedIn)}
            unit={words.of(now.agents.length)}
          />
        </div>
      </li>
    </ul>
  );
}

function useIsLate({ longestWaitingSince: since }: Now): boolean {
  const now = useNow();
  return since !== null && now - Date.parse(since) >= lateAfterMs;
}

function Longest({ now, isLate }: { readonly now: Now; readonly isLate: boolean }) {
  const { property } = useWorkplace();
  const at = useNow();
  const { longestWaitingId: id, longestWaitingSince: since } = now;
  if (id === null || since === null) {
    return (
      <div className={styles.figure}>
        <Face label={words.longest} value={words.none}>
          {words.nobodyWaits}
        </Face>
      </div>
    );
  }
  return (
    <Link
      to="/p/$propertyId/$view"
      params={{ propertyId: property.id, view: "waiting" }}
      search={{ c: id }}
      className={cx(styles.figure, styles.opens)}
    >
      <Face
        label={words.longest}
        value={duration(Math.max(0, at - Date.parse(since)))}
        isLate={isLate}
      >
        <GuestName id={id} />
      </Face>
    </Link>
  );
}

function GuestName({ id }: { readonly id: NonNullable<Now["longestWaitingId"]> }) {
  const { property } = useWorkplace();
  const conversation = useQuery(detailOptions(property.id, id)).data?.conversation;
  if (!conversation) return "\u00a0";
  const { room } = conversation.stay;
  return (
    <>
      <bdi>{conversation.title}</bdi>
      {room !== null && ` · ${room}`}
    </>
  );
}

interface FaceProps {
  readonly label: string;
  readonly value: string;
  readonly unit?: string | undefined;
  readonly isLate?: boolean;
  readonly children?: ReactNode;
}

function Face({ label, value, unit, isLate = false, children }: FaceProps) {
  return (
    <>
      <span className={styles.label}>{label}</span>
      <span className={cx(styles.value, isLate && styles.isLate)}>
        {value}
        {unit !== undefined && <small> {unit}</small>}
      </span>
      <span className={styles.below}>{children ?? "\u00a0"}</span>
    </>
  );
}
