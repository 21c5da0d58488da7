import assert from "node:assert/strict";
import type { Message, TimelineEntry } from "@foyer/contract";
import type { Guest } from "../world/guest.ts";
import type { World } from "../world/world.ts";

/** A guest of a hotel who has asked something and waits. */
export async function guestWhoAsked(hotel: Guest["hotel"]): Promise<Guest> {
  const guest = hotel.guest();
  await guest.texts("Is the pool still open tonight?");
  return guest;
}

/** What was said to a guest, in its order. */
export async function answersTo(guest: Guest): Promise<Message[]> {
  return (await guest.hotel.timelineWith(guest)).filter(isAnswer);
}

export async function lastAnswerTo(guest: Guest): Promise<Message> {
  const last = (await answersTo(guest)).at(-1);
  assert.ok(last, "nothing was said to the guest");
  return last;
}

function isAnswer(entry: TimelineEntry): entry is Message {
  return entry.kind === "message" && entry.direction === "outbound";
}

/** How often messages were handed to the carrier for a guest. */
export function sentTo(world: World, guest: Guest): number {
  return world.carrier.sent.filter(({ to }) => to === guest.number).length;
}

/** Posts the carrier's report on a message, as often and in whatever order. */
export async function report(
  guest: Guest,
  { id: reference }: Pick<Message, "id">,
  status: string,
  index: number,
  code?: string,
): Promise<void> {
  const id = `report ${reference} ${index}`;
  const error = code === undefined ? {} : { error: { code } };
  const body = { type: "message.status", id, reference, status, at: 0, ...error };
  const answer = await guest.hotel.post({ kind: "status", body: JSON.stringify(body) });
  assert.equal(answer.status, 200);
}

/** Since when a guest waits; null: they do not. */
export async function waitOf(guest: Guest): Promise<string | null> {
  return (await guest.hotel.conversationWith(guest)).waitingSince;
}

/** The names of what happened in a conversation, and the kinds of what was said. */
export async function storyOf(guest: Guest): Promise<string[]> {
  const entries = await guest.hotel.timelineWith(guest);
  return entries.map((entry) =>
    entry.kind === "event"
      ? entry.event
      : entry.kind === "note"
        ? "note"
        : `${entry.direction} ${entry.kind}`,
  );
}
