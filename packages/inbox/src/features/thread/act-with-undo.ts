import type { Conversation } from "@foyer/contract";
import { assign, close, knownConversation, noAnswerNeeded, reopen } from "../../data/acts.ts";
import { refusalCodeOf } from "../../data/api.ts";
import { showToast } from "../../ui/toaster.tsx";
import { whyRefused } from "../../ui/words.ts";
import { words } from "./words.ts";

/** Closes what is open and reopens what is closed, with the way back in a toast. */
export async function toggleWithUndo(conversation: Conversation): Promise<void> {
  const isOpen = conversation.state === "open";
  const back = () => {
    const now = knownConversation(conversation.id) ?? conversation;
    void orTell(isOpen ? reopen(now) : close(now));
  };
  const done = isOpen ? words.closed(conversation.title) : words.reopened(conversation.title);
  showToast({ text: done, action: { label: words.undo, run: back } });
  await orTell(isOpen ? close(conversation) : reopen(conversation));
}

/** Hands a conversation over, with the way back in a toast. */
export async function assignWithUndo(
  conversation: Conversation,
  assignee: Conversation["assignee"],
  name: string | null,
): Promise<void> {
  const back = () => {
    const now = knownConversation(conversation.id) ?? conversation;
    void orTell(assign(now, conversation.assignee));
  };
  const text = name === null ? words.unassigned : words.assignedTo(name);
  showToast({ text, action: { label: words.undo, run: back } });
  await orTell(assign(conversation, assignee));
}

/** Says that the guest waits for no answer. */
export async function endWait(conversation: Conversation): Promise<void> {
  showToast({ text: words.noAnswerDone(conversation.title) });
  await orTell(noAnswerNeeded(conversation));
}

async function orTell(act: Promise<void>): Promise<void> {
  try {
    await act;
  } catch (error) {
    showToast({ text: words.notDone(whyRefused(refusalCodeOf(error))) });
  }
}
