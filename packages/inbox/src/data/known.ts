import type { Conversation } from "@foyer/contract";
import { useQuery } from "@tanstack/react-query";
import { listOptions } from "./lists.ts";
import { useWorkplace } from "./workplace.ts";

const none: readonly Conversation[] = [];

/**
 * The open conversations at the head of the list, whatever view is shown: whoever waits longest is
 * among them, so they tell which views are late.
 */
export function useKnownConversations(): readonly Conversation[] {
  const { property } = useWorkplace();
  const all = useQuery(listOptions(property.id, { view: "all", teamId: null }));
  return all.data?.items ?? none;
}
