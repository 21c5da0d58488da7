import type { Delivery } from "@foyer/contract";
import { infiniteQueryOptions, useInfiniteQuery } from "@tanstack/react-query";
import { CircleAlert, CircleCheck, CircleDot, CircleSlash, Menu as MenuIcon } from "lucide-react";
import { useState } from "react";
import { call, refusalCodeOf } from "../../data/api.ts";
import { keys } from "../../data/keys.ts";
import { queryClient } from "../../data/query-client.ts";
import { useWorkplace } from "../../data/workplace.ts";
import { Button } from "../../ui/button.tsx";
import { cx } from "../../ui/class-names.ts";
import { deliveryFailure, deliveryKinds, deliveryStates } from "../../ui/delivery-words.ts";
import { Bone, PaneState } from "../../ui/state.tsx";
import { fullTime } from "../../ui/times.ts";
import { showToast } from "../../ui/toaster.tsx";
import { useNow } from "../../ui/use-now.ts";
import { tryAgainWords, whyRefused } from "../../ui/words.ts";
import styles from "./deliveries.module.css";
import { sizeWords, words } from "./words.ts";

export type DeliveryFilter = Delivery["state"] | "all";

interface Props {
  readonly filter: DeliveryFilter;
  readonly onFilter: (filter: DeliveryFilter) => void;
  readonly onOpenRail: () => void;
}

const filters = ["all", "failed", "received", "processed", "ignored"] as const;

function deliveriesOptions(
  propertyId: Parameters<typeof keys.deliveries>[0],
  filter: DeliveryFilter,
) {
  return infiniteQueryOptions({
    queryKey: keys.deliveries(propertyId, filter),
    queryFn: ({ pageParam, signal }) =>
      call(
        "listDeliveries",
        {
          propertyId,
          ...(filter === "all" ? {} : { state: filter }),
          ...(pageParam === "" ? {} : { after: pageParam }),
        },
        signal,
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
    // Deliveries do not travel on the feed: opening the screen reads them.
    staleTime: 0,
  });
}

/** Received, not processed: every delivery, and the button that tries it again. */
export function DeliveriesPane({ filter, onFilter, onOpenRail }: Props) {
  const { property } = useWorkplace();
  const query = useInfiniteQuery(deliveriesOptions(property.id, filter));
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <main className={styles.pane}>
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
        <p className={styles.about}>{words.about}</p>
      </header>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would draw what a group says */}
      <div className={styles.filters} role="group" aria-label={words.filter}>
        {filters.map((one) => (
          <Button
            key={one}
            look="quiet"
            className={styles.filter}
            aria-pressed={one === filter}
            onClick={() => onFilter(one)}
          >
            {words.filters[one]}
          </Button>
        ))}
      </div>
      <div className={styles.scroller}>
        {query.isError && items.length === 0 ? (
          <PaneState
            isAlert
            text={words.error}
            action={{ label: tryAgainWords, run: () => void query.refetch() }}
          />
        ) : items.length === 0 && !query.isPending ? (
          <PaneState
            text={filter === "all" ? words.none : words.empty}
            action={
              filter === "all"
                ? undefined
                : { label: words.emptyAction, run: () => onFilter("all") }
            }
          />
        ) : (
          <Table items={items} isPending={query.isPending} />
        )}
        {query.hasNextPage && (
          <div className={styles.foot}>
            <Button onClick={() => void query.fetchNextPage()}>{words.more}</Button>
          </div>
        )}
      </div>
    </main>
  );
}

const boneRows = ["a", "b", "c", "d", "e", "f"];

function Table({ items, isPending }: { readonly items: Delivery[]; readonly isPending: boolean }) {
  const { columns } = words;
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{columns.state}</th>
          <th scope="col">{columns.received}</th>
          <th scope="col" className={styles.medium}>
            {columns.kind}
          </th>
          <th scope="col" className={cx(styles.number, styles.optional)}>
            {columns.attempts}
          </th>
          <th scope="col" className={cx(styles.number, styles.optional)}>
            {columns.size}
          </th>
          <th scope="col" className={styles.optional}>
            {columns.why}
          </th>
          <th scope="col">
            <span className="unseen">{columns.act}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {isPending &&
          boneRows.map((row) => (
            <tr key={row}>
              <td colSpan={7}>
                <Bone className={styles.bone} />
              </td>
            </tr>
          ))}
        {items.map((delivery) => (
          <Row key={delivery.id} delivery={delivery} />
        ))}
      </tbody>
    </table>
  );
}

const icons = {
  received: CircleDot,
  processed: CircleCheck,
  ignored: CircleSlash,
  failed: CircleAlert,
};

function Row({ delivery }: { readonly delivery: Delivery }) {
  const { property } = useWorkplace();
  const now = useNow();
  const Icon = icons[delivery.state];
  return (
    <tr>
      <td>
        <span className={cx(styles.state, delivery.state === "failed" && styles.failed)}>
          <Icon size={16} strokeWidth={1.6} aria-hidden="true" />
          {deliveryStates[delivery.state]}
        </span>
      </td>
      <td>{fullTime(Date.parse(delivery.receivedAt), now, property.timeZone)}</td>
      <td className={styles.medium}>{deliveryKinds[delivery.kind]}</td>
      <td className={cx(styles.number, styles.optional)}>{delivery.attempts}</td>
      <td className={cx(styles.number, styles.optional)}>{sizeWords(delivery.bytes)}</td>
      <td className={cx(styles.why, styles.optional)}>{deliveryFailure(delivery.failure)}</td>
      <td>
        <Replay delivery={delivery} />
      </td>
    </tr>
  );
}

function Replay({ delivery }: { readonly delivery: Delivery }) {
  const { property, may } = useWorkplace();
  const [isBusy, setBusy] = useState(false);
  const isReplayable = delivery.state === "failed" || delivery.state === "received";
  if (!isReplayable || !may("delivery.replay")) return null;
  const replay = async () => {
    setBusy(true);
    try {
      const answer = await call("replayDelivery", { deliveryId: delivery.id });
      const { state, failure } = answer.delivery;
      const isDone = state === "processed" || state === "ignored";
      showToast({
        text: isDone ? deliveryStates[state] : words.notReplayed(deliveryFailure(failure)),
      });
    } catch (error) {
      showToast({ text: words.notReplayed(whyRefused(refusalCodeOf(error))) });
    } finally {
      setBusy(false);
      void queryClient.invalidateQueries({ queryKey: ["deliveries", property.id] });
    }
  };
  return (
    <Button disabled={isBusy} onClick={() => void replay()}>
      {words.replay}
    </Button>
  );
}
