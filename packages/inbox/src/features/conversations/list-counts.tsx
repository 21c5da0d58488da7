import { useNumbers } from "../../data/counts.ts";
import type { ListKey } from "../../data/model.ts";
import { useNow } from "../../ui/use-now.ts";
import styles from "./conversations.module.css";
import { words } from "./words.ts";

/** How many of a list wait and are unread; where nobody does, how many there are. */
export function ListCounts({ list }: { readonly list: ListKey }) {
  const { waiting, unread, total } = useNumbers(list, useNow());
  const order = list.view === "closed" ? words.newest : words.order;
  const isIdle = waiting === 0 && unread === 0;
  const parts = [
    ...(isIdle && total !== null && total > 0 ? [words.total(total)] : []),
    ...(waiting > 0 ? [words.waiting(waiting)] : []),
    ...(unread > 0 ? [words.unreadCount(unread)] : []),
  ];
  return (
    <span className={styles.order} title={order}>
      {parts.join(" · ")}
    </span>
  );
}
