import type { Conversation, ConversationId } from "@foyer/contract";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { knownConversation } from "../data/acts.ts";
import type { ListKey } from "../data/model.ts";
import { detailOptions } from "../data/threads.ts";
import { useWorkplace } from "../data/workplace.ts";
import { Composer } from "../features/composer/composer.tsx";
import { ContactPane } from "../features/contact/contact-pane.tsx";
import { ConversationsPane } from "../features/conversations/conversations-pane.tsx";
import { NoThread, ThreadPane } from "../features/thread/thread-pane.tsx";
import { cx } from "../ui/class-names.ts";
import { runCommand } from "../ui/commands.ts";
import { LazySheet } from "../ui/lazy-sheet.tsx";
import { useCommand } from "../ui/use-command.ts";
import { mediumQuery, phoneQuery, useMedia } from "../ui/use-media.ts";
import { DemoMark } from "./demo-mark.tsx";
import styles from "./frame.module.css";
import { RailPlace } from "./rail-place.tsx";
import { useFeed } from "./use-feed.ts";
import { useTitle } from "./use-title.ts";
import { useViewCommands } from "./use-view-commands.ts";
import { words } from "./words.ts";

const route = getRouteApi("/signed-in/p/$propertyId/$view");

/** The inbox: rail, list, thread, guest. */
export function InboxScreen() {
  const { property } = useWorkplace();
  const { view } = route.useParams();
  const { team = null, c: open = null, at = null } = route.useSearch();
  const list = useMemo<ListKey>(() => ({ view, teamId: team }), [view, team]);
  const [isRailOpen, setRailOpen] = useState(false);
  const isPhone = useMedia(phoneQuery);
  const navigate = useNavigate();
  useFeed(open);
  useTitle();
  useViewCommands();
  const leave = () => {
    const params = { propertyId: property.id, view };
    void navigate({ to: "/p/$propertyId/$view", params, search: team ? { team } : {} });
  };
  useCommand("thread.leave", leave);
  useCommand("list.open", () => {
    if (open === null) runCommand("list.next");
    else runCommand("thread.reply");
  });
  return (
    <div className={cx(styles.frame, isPhone && open !== null && styles.showsThread)}>
      <RailPlace current={list} isSheetOpen={isRailOpen} onSheet={setRailOpen} />
      <div className={styles.list}>
        <ConversationsPane
          key={`${view} ${team}`}
          list={list}
          selected={open}
          onOpenRail={() => setRailOpen(true)}
        />
      </div>
      {open === null ? (
        <>
          <div className={styles.thread}>
            <NoThread isTouch={matchMedia("(pointer: coarse)").matches} />
          </div>
          <div className={styles.contact} />
          <DemoMark />
        </>
      ) : (
        <OpenConversation key={open} id={open} at={at} onBack={leave} />
      )}
    </div>
  );
}

interface OpenProps {
  readonly id: ConversationId;
  readonly at: number | null;
  readonly onBack: () => void;
}

function OpenConversation({ id, at, onBack }: OpenProps) {
  const { property } = useWorkplace();
  const detail = useQuery(detailOptions(property.id, id)).data;
  const conversation: Conversation | undefined = detail?.conversation ?? knownConversation(id);
  const isMedium = useMedia(mediumQuery);
  const [isContactOpen, setContactOpen] = useState(false);
  return (
    <>
      <div className={styles.thread}>
        <ThreadPane
          id={id}
          at={at}
          onBack={onBack}
          onContact={() => setContactOpen(true)}
          composer={conversation && <Composer conversation={conversation} />}
        />
      </div>
      {isMedium ? (
        <LazySheet
          place="end"
          isOpen={isContactOpen}
          onClose={() => setContactOpen(false)}
          title={words.guest}
        >
          <ContactPane id={id} />
        </LazySheet>
      ) : (
        <div className={styles.contact}>
          <ContactPane id={id} />
        </div>
      )}
      <DemoMark contact={detail?.contact} />
    </>
  );
}
