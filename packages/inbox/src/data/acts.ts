import type { Conversation, ConversationId } from "@foyer/contract";
import { call, refusalCodeOf } from "./api.ts";
import { applyToList } from "./apply-event.ts";
import { feed, readCountsSoon } from "./feed.ts";
import { keys } from "./keys.ts";
import { type Detail, isInView, type ListKey, type ListWindow } from "./model.ts";
import { patchConversation } from "./outbox-sender.ts";
import { queryClient } from "./query-client.ts";

type Assignee = Conversation["assignee"];

/** What this tab knows of a conversation right now. */
export function knownConversation(id: ConversationId): Conversation | undefined {
  const propertyId = feed.get()?.propertyId;
  if (!propertyId) return undefined;
  const detail = queryClient.getQueryData<Detail>(keys.detail(propertyId, id));
  if (detail) return detail.conversation;
  for (const [, window] of queryClient.getQueriesData<ListWindow>({
    queryKey: keys.lists(propertyId),
  })) {
    const found = window?.items.find((item) => item.id === id);
    if (found) return found;
  }
  return undefined;
}

/** Hands a conversation over: shown at once, taken back if the server refuses. Throws then. */
export function assign(conversation: Conversation, assignee: Assignee): Promise<void> {
  const { id: conversationId } = conversation;
  return optimistically(conversation, { ...conversation, assignee }, () =>
    call("assign", { conversationId, assignee }),
  );
}

/** Closes: nobody waits in a closed conversation. */
export function close(conversation: Conversation): Promise<void> {
  const closed = { ...conversation, state: "closed" as const, waitingSince: null };
  return optimistically(conversation, closed, () =>
    call("close", { conversationId: conversation.id }),
  );
}

export function reopen(conversation: Conversation): Promise<void> {
  return optimistically(conversation, { ...conversation, state: "open" as const }, () =>
    call("reopen", { conversationId: conversation.id }),
  );
}

/** What the guest wrote last needs no answer: they wait no longer. */
export function noAnswerNeeded(conversation: Conversation): Promise<void> {
  return optimistically(conversation, { ...conversation, waitingSince: null }, () =>
    call("noAnswerNeeded", { conversationId: conversation.id }),
  );
}

async function optimistically(
  before: Conversation,
  after: Conversation,
  act: () => Promise<{ conversation: Conversation }>,
): Promise<void> {
  show(after);
  try {
    const answer = await act();
    patchConversation(answer.conversation);
  } catch (error) {
    if (knownConversation(before.id)?.version === before.version) show(before);
    throw error;
  }
}

/** I have seen everything up to a position. Failing is harmless: the next look says it again. */
export async function markRead(conversation: Conversation): Promise<void> {
  const { id: conversationId, lastPosition: position } = conversation;
  show({ ...conversation, isUnread: false, isMentioned: false });
  try {
    await call("markRead", { conversationId, position });
  } catch (error) {
    if (refusalCodeOf(error) !== undefined) throw error;
    const now = knownConversation(conversationId);
    const { isUnread, isMentioned } = conversation;
    if (now?.version === conversation.version) show({ ...now, isUnread, isMentioned });
  }
}

/** Shows a state that the server has not confirmed, without logging it as an event. */
function show(conversation: Conversation): void {
  const follows = feed.get();
  if (!follows) return;
  const { propertyId, me } = follows;
  for (const [key] of queryClient.getQueriesData<ListWindow>({
    queryKey: keys.lists(propertyId),
  })) {
    const listKey = { view: key[3], teamId: key[4], agentId: key[5] } as ListKey;
    queryClient.setQueryData<ListWindow>(
      key,
      (now) => now && applyToList(now, conversation, isInView(conversation, listKey, me)),
    );
  }
  queryClient.setQueryData<Detail>(
    keys.detail(propertyId, conversation.id),
    (now) => now && { ...now, conversation },
  );
  readCountsSoon(propertyId);
}
