import type { Conversation } from "@foyer/contract";
import { Star } from "lucide-react";
import { useWorkplace } from "../../data/workplace.ts";
import { placeOf } from "../../ui/stay.ts";
import { useNow } from "../../ui/use-now.ts";
import styles from "./conversations.module.css";
import { words } from "./words.ts";

/** Who it is, and where they stay: a room, or when they come or left. */
export function RowWho({ conversation }: { readonly conversation: Conversation }) {
  const { property } = useWorkplace();
  const { stay, title, hasName } = conversation;
  const place = placeOf(stay, useNow(), property.timeZone);
  return (
    <span className={styles.who}>
      <bdi className={styles.name}>
        {hasName && stay.title !== null && `${stay.title} `}
        {title}
      </bdi>
      {stay.isVip && (
        <span className={styles.vip} title={words.vip}>
          <Star size={12} strokeWidth={1.6} fill="currentColor" aria-hidden="true" />
          <span className="unseen">{words.vip}</span>
        </span>
      )}
      {place?.kind === "room" && (
        <bdi className={styles.room} title={words.room(place.room)}>
          {place.room}
        </bdi>
      )}
      {place?.kind === "moment" && <span className={styles.moment}>{place.text}</span>}
    </span>
  );
}
