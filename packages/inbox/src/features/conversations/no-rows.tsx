import { useNavigate } from "@tanstack/react-router";
import { Inbox, Unplug, WifiOff } from "lucide-react";
import type { ListKey } from "../../data/model.ts";
import { useIsReachable } from "../../data/people.ts";
import { useWorkplace } from "../../data/workplace.ts";
import { PaneState } from "../../ui/state.tsx";
import { tryAgainWords } from "../../ui/words.ts";
import { elsewhere } from "./model.ts";
import { RowBones } from "./row-bones.tsx";
import { words } from "./words.ts";

interface Props {
  readonly list: ListKey;
  readonly query: { readonly isError: boolean; readonly isPending: boolean; refetch(): unknown };
}

/** A list without a row: it is on its way, it did not come, or there is none. */
export function NoRows({ list, query }: Props) {
  const { property } = useWorkplace();
  const isReachable = useIsReachable(property.id);
  const navigate = useNavigate();
  if (query.isError) {
    const action = { label: tryAgainWords, run: () => void query.refetch() };
    return (
      <PaneState
        isAlert
        icon={<WifiOff size={20} strokeWidth={1.6} />}
        text={words.error}
        action={action}
      />
    );
  }
  if (query.isPending) return <RowBones />;
  if (isReachable === false) return <NotConnected />;
  const go = () => {
    const params = { propertyId: property.id, view: elsewhere(list.view) };
    void navigate({ to: "/p/$propertyId/$view", params, search: {} });
  };
  return (
    <PaneState
      icon={<Inbox size={20} strokeWidth={1.6} />}
      text={words.empty[list.view]}
      action={{ label: words.emptyAction[list.view], run: go }}
    />
  );
}

/** A hotel on its first day: no guest can text it yet. */
function NotConnected() {
  const { property, may } = useWorkplace();
  const navigate = useNavigate();
  const connect = () => {
    const params = { propertyId: property.id, section: "channels" };
    void navigate({ to: "/p/$propertyId/settings/$section", params, search: {} });
  };
  const isMine = may("channel.manage");
  return (
    <PaneState
      icon={<Unplug size={20} strokeWidth={1.6} />}
      text={isMine ? words.connect : words.notConnected}
      action={isMine ? { label: words.connectAction, run: connect } : undefined}
    />
  );
}
