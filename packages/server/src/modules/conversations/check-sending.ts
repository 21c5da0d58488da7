import type { PropertyId } from "@foyer/contract";
import { Refusal } from "../../platform/refusal.ts";
import type { Scope } from "../../platform/scope/index.ts";
import type { Adapters, OpenChannel } from "../channels/index.ts";
import { knownPlaceholders, unfilledPlaceholders } from "../templates/index.ts";
import { decideSending, type Sending } from "./rules.ts";

type Reading = Pick<Scope, "read" | "cipher">;

/** What is known of a message and its channel before it is known whether the guest may get it. */
export type Draft = Omit<Sending, "isBlocked" | "isOptedOut" | "isTheirs">;

/** Holds what somebody wrote against what its channel can do. */
export async function checkDraft(
  reading: Reading,
  adapters: Adapters,
  channel: OpenChannel,
  said: { readonly text: string; readonly attachments: number },
): Promise<Draft> {
  const { textCharactersMax, attachmentsMax } = adapters[channel.kind].capabilities;
  const { isActive: isChannelActive, propertyId } = channel;
  const unfilled = await unfilledIn(reading, propertyId, said.text);
  return { ...said, unfilled, isChannelActive, textCharactersMax, attachmentsMax };
}

/** Most texts hold no brace, and cost no look at the property's fields. */
async function unfilledIn(
  reading: Reading,
  propertyId: PropertyId,
  text: string,
): Promise<readonly string[]> {
  if (!text.includes("{")) return [];
  return unfilledPlaceholders(text, await knownPlaceholders(reading, propertyId));
}

/** @throws Refusal with the first of the reasons why a message may not be sent */
export function assertSendable(sending: Sending): void {
  const objection = decideSending(sending);
  if (!objection) return;
  const { code, facts } = objection;
  throw new Refusal(code, facts ? { facts } : {});
}
