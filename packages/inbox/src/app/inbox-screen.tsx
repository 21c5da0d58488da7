import type { Conversation, ConversationId } from "@foyer/contract";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { Suspense, useEffect, useMemo, useState } from "react";
import { knownConversation } from "../data/acts.ts";
import type { DraftKind } from "../data/drafts.ts";
import { listKeyOf } from "../data/model.ts";
import { detailOptions } from "../data/threads.ts";
import { useWorkplace } from "../data/workplace.ts";
import { ConversationsPane } from "../features/conversations/conversations-pane.tsx";
import { NoThread, ThreadPane } from "../features/thread/thread-pane.tsx";
import { cx } from "../ui/class-names.ts";
import { runCommand } from "../ui/commands.ts";
import { lazyPart } from "../ui/lazy-part.ts";
import { LazySheet } from "../ui/lazy-sheet.tsx";
import { useCommand } from "../ui/use-command.ts";
import { mediumQuery, phoneQuery, useMedia } from "../ui/use-media.ts";
import { DemoMark } from "./demo-mark.tsx";
import styles from "./frame.module.css";
import { GuestPlace } from "./guest-place.tsx";
import { RailPlace } from "./rail-place.tsx";
import { useFeed } from "./use-feed.ts";
import { useTitle } from "./use-title.ts";
import { useViewCommands } from "./use-view-commands.ts";
import { words } from "./words.ts";

const { Part: Composer, load: loadComposer } = lazyPart(
  async () => (await import("../features/composer/composer.tsx")).Composer,
);

const route = getRouteApi("/signed-in/p/$propertyId/$view");

/** The inbox: rail, list, thread, guest. */
export function InboxScreen() {
  const { property } = useWorkplace();
  const { view } = route.useParams();
  const { team = null, agent = null, c: open = null, at = null } = route.useSearch();
  const list = useMemo(
    () => listKeyOf(view, { teamId: team, agentId: agent }),
    [view, team, agent],
  );
  const [isRailOpen, setRailOpen] = useState(false);
  const isPhone = useMedia(phoneQuery);
  const isMedium = useMedia(mediumQuery);
  const navigate = useNavigate();
  useEffect(loadComposer, []);
  useFeed(open);
  useTitle();
  useViewCommands();
  const leave = () => {
    const params = { propertyId: property.id, view };
    const search = { ...(team ? { team } : {}), ...(agent ? { agent } : {}) };
    void navigate({ to: "/p/$propertyId/$view", params, search });
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
          key={`${view} ${team} ${agent}`}
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
          <DemoMark />
        </>
      ) : (
        <OpenConversation key={open} id={open} at={at} onBack={leave} />
      )}
      {!isMedium && (
        <div className={styles.contact}>
          <GuestPlace id={open} />
        </div>
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
  const [asked, setAsked] = useState<DraftKind | null>(null);
  return (
    <>
      <div className={styles.thread}>
        <ThreadPane
          id={id}
          at={at}
          onBack={onBack}
          onContact={() => setContactOpen(true)}
          composer={
            conversation && (
              <Suspense fallback={<ComposerComing onAsked={setAsked} />}>
                <Composer conversation={conversation} asked={asked} />
              </Suspense>
            )
          }
        />
      </div>
      {isMedium && (
        <LazySheet
          place="end"
          isOpen={isContactOpen}
          onClose={() => setContactOpen(false)}
          title={words.guest}
        >
          <GuestPlace id={id} />
        </LazySheet>
      )}
      <DemoMark contact={detail?.contact} />
    </>
  );
}

/** In the composer's place until it is loaded; what was asked of it meanwhile is not lost. */
function ComposerComing({ onAsked }: { readonly onAsked: (kind: DraftKind) => void }) {
  useCommand("thread.reply", () => onAsked("message"));
  useCommand("thread.note", () => onAsked("note"));
  return <div className={styles.composerPlace} />;
}
