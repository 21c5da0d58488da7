import { Refused } from "@foyer/client";
import type {
  ChannelId,
  Contact,
  ContactId,
  Conversation,
  EntryId,
  OperationInput,
  operations,
  PropertyId,
} from "@foyer/contract";
import { queryOptions } from "@tanstack/react-query";
import { call } from "./api.ts";
import type { AskedGround } from "./contact-changes.ts";
import { keys } from "./keys.ts";
import { patchConversation } from "./outbox-sender.ts";

type To = OperationInput<(typeof operations)["start"]>["to"];

export interface FirstMessage {
  readonly messageId: EntryId;
  readonly to: To;
  readonly channelId: ChannelId;
  readonly text: string;
  /** How the guest agreed, where that was not known. */
  readonly consent: AskedGround | null;
}

/** Writes to a guest first. The same id again is safe. Throws what is refused. */
export async function startConversation(
  propertyId: PropertyId,
  { messageId, to, channelId, text, consent }: FirstMessage,
): Promise<Conversation> {
  const agreed = consent === null ? {} : { consent };
  const input = { propertyId, messageId, to, channelId, text, attachmentIds: [], ...agreed };
  const { conversation } = await call("start", input);
  patchConversation(conversation);
  return conversation;
}

/** The placeholder that a refusal is about; undefined for another refusal. */
export function unfilledIn(error: unknown): string | undefined {
  if (!(error instanceof Refused) || error.problem.code !== "message.placeholder_unfilled") {
    return undefined;
  }
  const name = error.problem.facts?.["placeholder"];
  return typeof name === "string" ? name : undefined;
}

/** A guest whom somebody may want to write to. */
export interface FoundGuest {
  readonly contactId: ContactId;
  readonly title: string;
  readonly room: string | null;
}

const foundMax = 8;

/** Guests of the property by name, room or number: whom search knows, each once. */
export function findGuestsOptions(propertyId: PropertyId, query: string) {
  return queryOptions({
    queryKey: keys.foundGuests(propertyId, query),
    queryFn: async ({ signal }): Promise<FoundGuest[]> => {
      const { hits } = await call("search", { propertyId, query, limit: 30 }, signal);
      const guests = hits
        .filter(({ kind }) => kind === "contact")
        .map(({ conversation: { contactId, title, stay } }) => ({
          contactId,
          title,
          room: stay.room,
        }));
      return [...new Map(guests.map((guest) => [guest.contactId, guest])).values()].slice(
        0,
        foundMax,
      );
    },
    enabled: query !== "",
    staleTime: 0,
  });
}

/** Whose number it is; null when nobody's. Throws what is refused: a number that cannot exist. */
export async function lookUpNumber(propertyId: PropertyId, typed: string): Promise<Contact | null> {
  const input = { propertyId, kind: "phone" as const, value: typed };
  return (await call("lookUpContact", input)).contact;
}
