import type { AttachmentId, Conversation, ConversationId, EntryId } from "@foyer/contract";
import { useQuery } from "@tanstack/react-query";
import { ArrowDown } from "lucide-react";
import { type RefObject, Suspense, useEffect, useMemo, useRef, useState } from "react";
import type { ThreadWindow } from "../../data/model.ts";
import { itemsOf } from "../../data/outbox.ts";
import { outbox } from "../../data/outbox-sender.ts";
import { loadNewer, loadOlder, showAround, showLatest, threadOptions } from "../../data/threads.ts";
import { useWorkplace } from "../../data/workplace.ts";
import { useStore } from "../../store/use-store.ts";
import { cx } from "../../ui/class-names.ts";
import { lazyPart } from "../../ui/lazy-part.ts";
import { PaneState } from "../../ui/state.tsx";
import { tryAgainWords } from "../../ui/words.ts";
import { BlockView } from "./block-view.tsx";
import { blocksOf, lastOwnId, picturesIn, retriesIn, withPending } from "./model.ts";
import styles from "./thread.module.css";
import { type ThreadActs, ThreadActsProvider } from "./thread-acts.ts";
import { ThreadBones } from "./thread-bones.tsx";
import { useThreadScroll } from "./use-thread-scroll.ts";
import { words } from "./words.ts";

const { Part: LightBox } = lazyPart(async () => (await import("./light-box.tsx")).LightBox);

interface Props {
  readonly conversation: Conversation;
  /** The position of a search hit to show; null: the newest. */
  readonly at: number | null;
}

const nothingRead: ThreadWindow = { entries: [], hasOlder: true, hasNewer: false };

/** What was said and what happened. */
export function Timeline({ conversation, at }: Props) {
  const { property } = useWorkplace();
  const query = useQuery(threadOptions(property.id, conversation.id));
  const isSaying = useStore(outbox, (all) => itemsOf(all, conversation.id).length > 0);
  if (query.data) return <Entries conversation={conversation} at={at} window={query.data} />;
  // What I say meanwhile is shown, whatever of the rest is not here.
  if (isSaying) {
    return <Entries key="none" conversation={conversation} at={at} window={nothingRead} />;
  }
  if (!query.isError) return <ThreadBones />;
  const action = { label: tryAgainWords, run: () => void query.refetch() };
  return <PaneState isAlert text={words.error} action={action} />;
}

function Entries({ conversation, at, window }: Props & { readonly window: ThreadWindow }) {
  const { property, me } = useWorkplace();
  const all = useStore(outbox);
  const entries = useMemo(
    () => withPending(window.entries, itemsOf(all, conversation.id), me),
    [window, all, conversation.id, me],
  );
  const blocks = useMemo(() => blocksOf(entries, property.timeZone), [entries, property.timeZone]);
  const scroller = useRef<HTMLElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const shown = useMemo(
    () => ({
      firstId: window.entries[0]?.id,
      lastId: entries.at(-1)?.id,
      lastOwnId: entries.findLast((entry) => entry.kind !== "event" && entry.agentId === me)?.id,
    }),
    [window, entries, me],
  );
  const pages = usePages(conversation.id, window);
  const { isAtBottom, toBottom, letGo } = useThreadScroll(scroller, content, shown, pages);
  const hit = useHit(conversation.id, at, content, letGo);
  const newCount = useNewBelow(entries, isAtBottom);
  const firstSeen = useRef(new Set(entries.map((entry) => entry.id as string)));
  const { acts, picture, setPicture } = useActs(entries, content, letGo);
  const jump = async () => {
    if (window.hasNewer) await showLatest(property.id, conversation.id);
    toBottom();
  };
  return (
    <ThreadActsProvider value={acts}>
      <section
        ref={scroller}
        className={styles.scroller}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroller must be reached by keyboard
        tabIndex={0}
        aria-label={words.messages}
      >
        <div ref={content} className={styles.timeline}>
          {window.hasOlder && <ThreadBones />}
          {blocks.map((block) => (
            <BlockView
              key={block.key}
              block={block}
              lastOwn={lastOwnId(entries)}
              hit={hit}
              seen={firstSeen.current}
            />
          ))}
        </div>
      </section>
      {(!isAtBottom || window.hasNewer) && (
        <button
          type="button"
          className={cx(styles.pill, newCount > 0 && styles.isNew)}
          onClick={() => void jump()}
        >
          <ArrowDown size={16} strokeWidth={1.6} aria-hidden="true" />
          {newCount > 0 ? words.newBelow(newCount) : words.latest}
        </button>
      )}
      {picture !== undefined && (
        <Suspense>
          <LightBox
            pictures={picturesIn(entries)}
            id={picture}
            guest={conversation.title}
            onShow={setPicture}
          />
        </Suspense>
      )}
    </ThreadActsProvider>
  );
}

/** What bubbles ask of the thread; which picture is shown large, undefined before the first. */
function useActs(
  entries: ReturnType<typeof withPending>,
  content: RefObject<HTMLDivElement | null>,
  letGo: () => void,
) {
  const [picture, setPicture] = useState<AttachmentId | null>();
  const release = useRef(letGo);
  useEffect(() => {
    release.current = letGo;
  });
  const acts = useMemo<ThreadActs>(
    () => ({
      retries: retriesIn(entries),
      showPicture: setPicture,
      showEntry: (id: EntryId) => {
        const entry = content.current?.querySelector(`[data-entry="${id}"]`);
        if (!entry) return;
        release.current();
        centre(entry, content.current?.parentElement);
      },
    }),
    [entries, content],
  );
  return { acts, picture, setPicture };
}

/** Loads what lies beyond the window when somebody comes near its end. */
function usePages(id: ConversationId, window: ThreadWindow) {
  const { property } = useWorkplace();
  const isLoading = useRef(false);
  const load = async (page: () => Promise<void>) => {
    if (isLoading.current) return;
    isLoading.current = true;
    try {
      await page();
    } catch {
      // The next scroll asks again; the bones at the edge say that there is more.
    } finally {
      isLoading.current = false;
    }
  };
  return {
    onNearTop: () => void (window.hasOlder && load(() => loadOlder(property.id, id))),
    onNearBottom: () => void (window.hasNewer && load(() => loadNewer(property.id, id))),
  };
}

const hitShownMs = 2_600;

/** Brings a search hit into sight and marks it for a moment. */
function useHit(
  id: ConversationId,
  at: number | null,
  content: RefObject<HTMLDivElement | null>,
  letGo: () => void,
): number | null {
  const { property } = useWorkplace();
  const [marked, setMarked] = useState<number | null>(null);
  const release = useRef(letGo);
  useEffect(() => {
    release.current = letGo;
  });
  useEffect(() => {
    if (at === null) return;
    let unmark: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    const show = () => {
      if (isOver) return;
      release.current();
      const entry = content.current?.querySelector(`[data-position="${at}"]`);
      if (entry) centre(entry, content.current?.parentElement);
      setMarked(at);
      unmark = setTimeout(() => setMarked(null), hitShownMs);
    };
    // If it cannot be read, the thread stays where it is: it says itself what is wrong.
    showAround(property.id, id, at).then(
      () => requestAnimationFrame(() => requestAnimationFrame(show)),
      () => undefined,
    );
    return () => {
      isOver = true;
      clearTimeout(unmark);
    };
  }, [property.id, id, at, content]);
  return marked;
}

/** Scrolls the timeline alone; `scrollIntoView` would move the panes around it too. */
function centre(entry: Element, scroller: Element | null | undefined): void {
  if (!scroller) return;
  const [inner, outer] = [entry.getBoundingClientRect(), scroller.getBoundingClientRect()];
  scroller.scrollTop += inner.top - outer.top - (outer.height - inner.height) / 2;
}

/** How many texts of the guest came in below what is in sight. */
function useNewBelow(entries: ReturnType<typeof withPending>, isAtBottom: boolean): number {
  const seenTo = useRef(0);
  const last = entries.findLast((entry) => entry.kind === "message");
  const position = last && "position" in last ? last.position : 0;
  useEffect(() => {
    if (isAtBottom || seenTo.current === 0) seenTo.current = position;
  }, [isAtBottom, position]);
  if (isAtBottom || seenTo.current === 0) return 0;
  return entries.filter(
    (entry) =>
      entry.kind === "message" && entry.direction === "inbound" && entry.position > seenTo.current,
  ).length;
}
