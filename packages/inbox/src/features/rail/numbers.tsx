import { type Numbers, useNumbers } from "../../data/counts.ts";
import type { ListKey } from "../../data/model.ts";
import { useNow } from "../../ui/use-now.ts";
import styles from "./rail.module.css";
import { words } from "./words.ts";

/** The numbers of a view, moving on with the clock. */
export function useViewNumbers(key: ListKey): Numbers {
  return useNumbers(key, useNow());
}

/** Who waits: in red whoever waits too long, the others beside. The sum of all is said. */
export function ViewNumbers({ numbers }: { readonly numbers: Numbers }) {
  const { total, waiting, late, isMoreLate, unread } = numbers;
  if (total === null) return null;
  const others = Math.max(0, waiting - late);
  return (
    <>
      {late > 0 && (
        <span className={styles.late} title={words.late(late)}>
          {late.toLocaleString("en-GB")}
          {isMoreLate && "+"}
          <span className="unseen"> {words.late(late)}, </span>
        </span>
      )}
      {others > 0 && !isMoreLate && (
        <span className={styles.waiting} title={words.waiting(others)}>
          {others.toLocaleString("en-GB")}
          <span className="unseen"> {words.waiting(others)}, </span>
        </span>
      )}
      <span className="unseen">
        {unread > 0 && `${words.unread(unread)}, `}
        {words.count(total)}
      </span>
    </>
  );
}
