import type { ConversationId } from "@foyer/contract";
import { useEffect, useRef, useState } from "react";
import { feed } from "../data/feed.ts";
import { followLive, type Live } from "../data/live/live.ts";
import { onChange } from "../data/live/receive.ts";
import { useWorkplace } from "../data/workplace.ts";
import { announce } from "../ui/announcer.tsx";
import { words } from "./words.ts";

/** Follows the property live as long as the screen is there, with one conversation open. */
export function useFeed(open: ConversationId | null): void {
  const { property } = useWorkplace();
  const live = useRef<Live>(undefined);
  const [began] = useState(() => feed.get());
  useEffect(() => {
    if (!began || began.propertyId !== property.id) return;
    const followed = followLive(began);
    live.current = followed;
    return () => followed.stop();
  }, [began, property.id]);
  useEffect(() => {
    live.current?.open(open === null ? [] : [open]);
  }, [open]);
  useAnnounced(open);
}

/** Reads out what the guest says in the open conversation. */
function useAnnounced(open: ConversationId | null): void {
  useEffect(() => {
    if (open === null) return;
    return onChange(({ conversation, entries }) => {
      if (conversation.id !== open) return;
      for (const entry of entries) {
        const isNew = entry.kind === "message" && entry.state === "received" && entry.version === 1;
        if (isNew) announce(words.said(conversation.title, entry.text.slice(0, 300)));
      }
    });
  }, [open]);
}
