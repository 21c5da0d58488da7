import type { ConversationId } from "@foyer/contract";
import { useEffect, useRef } from "react";
import { type PresenceSender, sendPresence } from "../../data/presence.ts";

/** Tells colleagues that I am here, as long as the conversation is open. */
export function usePresence(id: ConversationId): () => PresenceSender | undefined {
  const sender = useRef<PresenceSender>(undefined);
  useEffect(() => {
    const current = sendPresence(id);
    sender.current = current;
    return () => current.leave();
  }, [id]);
  return () => sender.current;
}
