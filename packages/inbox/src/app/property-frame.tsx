import type { Property, Session } from "@foyer/contract";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Outlet, useNavigate } from "@tanstack/react-router";
import { Suspense, useEffect, useMemo, useRef, useState } from "react";
import { loadDrafts } from "../data/drafts.ts";
import { beginFeed, feed } from "../data/feed.ts";
import { propertyGone } from "../data/live/receive.ts";
import { startOutbox } from "../data/outbox-sender.ts";
import { queryClient, sessionEnded } from "../data/query-client.ts";
import { forgetSession, sessionOptions } from "../data/session.ts";
import { type Workplace, WorkplaceProvider } from "../data/workplace.ts";
import { useKeymap } from "../features/keymap/use-keymap.ts";
import { useStore } from "../store/use-store.ts";
import { lazyPart, preloadParts } from "../ui/lazy-part.ts";
import { PaneState } from "../ui/state.tsx";
import { useCommand } from "../ui/use-command.ts";
import { NewMessagePlace } from "./new-message-place.tsx";
import { OfflineBar } from "./offline-bar.tsx";
import { StartingScreen } from "./starting-screen.tsx";
import { useWaitingSound } from "./use-waiting-sound.ts";
import { words } from "./words.ts";

const { Part: KeymapSheet } = lazyPart(
  async () => (await import("../features/keymap/keymap-sheet.tsx")).KeymapSheet,
);
const { Part: SearchDialog } = lazyPart(
  async () => (await import("../features/search/search-dialog.tsx")).SearchDialog,
);

const route = getRouteApi("/signed-in/p/$propertyId");

/** Everything of one property: its feed, its outbox, its shortcuts, and one of its screens. */
export function PropertyFrame() {
  const { propertyId } = route.useParams();
  const session = useQuery(sessionOptions).data;
  const property = session?.properties.find(({ id }) => id === propertyId);
  useSessionEnd(session);
  const isGone = useStore(propertyGone);
  const navigate = useNavigate();
  if (!session) return <StartingScreen />;
  if (!property || isGone) {
    const goOn = () => {
      propertyGone.set(false);
      void queryClient.invalidateQueries({ queryKey: sessionOptions.queryKey });
      void navigate({ to: "/" });
    };
    const text = isGone ? words.propertyGone : words.propertyUnknown;
    return <PaneState isAlert text={text} action={{ label: words.goOn, run: goOn }} />;
  }
  return <AtWork key={property.id} session={session} property={property} />;
}

function AtWork({ session, property }: { readonly session: Session; readonly property: Property }) {
  const me = session.agent.id;
  const workplace = useMemo<Workplace>(
    () => ({ session, property, me, may: (right) => session.rights.includes(right) }),
    [session, property, me],
  );
  useEffect(preloadParts, []);
  // The feed must be there before the first read below, and begins again with each property.
  useState(() => {
    const current = feed.get();
    if (current?.propertyId === property.id && current.me === me) return current;
    loadDrafts(me);
    return beginFeed(property.id, me);
  });
  useEffect(() => startOutbox(me), [me]);
  useKeymap();
  return (
    <WorkplaceProvider value={workplace}>
      <OfflineBar />
      <WaitingSound />
      <Outlet />
      <Overlays property={property} />
      <NewMessagePlace />
    </WorkplaceProvider>
  );
}

function WaitingSound() {
  useWaitingSound();
  return null;
}

/** What opens over any screen. Loaded when first asked for. */
function Overlays({ property }: { readonly property: Property }) {
  const [shown, setShown] = useState<"search" | "keymap" | null>(null);
  const [asked, setAsked] = useState({ search: false, keymap: false });
  const navigate = useNavigate();
  const open = (which: "search" | "keymap") => {
    setAsked((before) => ({ ...before, [which]: true }));
    setShown(which);
  };
  useCommand("search.open", () => open("search"));
  useCommand("keymap.open", () => open("keymap"));
  const close = () => setShown(null);
  return (
    <Suspense fallback={<OverlayComing onClose={close} />}>
      {asked.keymap && <KeymapSheet isOpen={shown === "keymap"} onClose={close} />}
      {asked.search && (
        <SearchDialog
          isOpen={shown === "search"}
          onClose={close}
          onChoose={({ conversation, position }) => {
            const view = conversation.state === "open" ? "all" : "closed";
            void navigate({
              to: "/p/$propertyId/$view",
              params: { propertyId: property.id, view },
              search: { c: conversation.id, ...(position === null ? {} : { at: position }) },
            });
          }}
        />
      )}
    </Suspense>
  );
}

/** A dialog that is not loaded yet: what is typed meanwhile is meant for it, and is no shortcut. */
function OverlayComing({ onClose }: { readonly onClose: () => void }) {
  useEffect(() => {
    const leave = ({ key }: KeyboardEvent) => key === "Escape" && onClose();
    addEventListener("keydown", leave);
    return () => removeEventListener("keydown", leave);
  });
  return <div className="unseen" role="dialog" aria-busy="true" aria-label={words.starting} />;
}

/** Whoever is signed out goes to the sign-in page, and comes back here afterwards. */
function useSessionEnd(session: Session | null | undefined): void {
  const hasEnded = useStore(sessionEnded);
  const navigate = useNavigate();
  const hasLeft = useRef(false);
  useEffect(() => {
    if (hasLeft.current || (!hasEnded && session !== null)) return;
    hasLeft.current = true;
    const next = location.pathname + location.search;
    if (hasEnded) forgetSession();
    sessionEnded.set(false);
    feed.set(null);
    const search = hasEnded ? { next, ended: true } : {};
    void navigate({ to: "/sign-in", search, replace: true });
  }, [hasEnded, session, navigate]);
}
