import type { Address, AgentId, Consent } from "@foyer/contract";
import type { AskedGround } from "../../data/contact-changes.ts";
import { words } from "./words.ts";

interface Reader {
  /** The date in words: "3 Nov", "yesterday". */
  readonly date: (at: string) => string;
  readonly nameOf: (id: AgentId) => string | undefined;
}

/** Whether a guest may be texted, how that is known, since when, and who recorded it. */
export function consentWords(consent: Consent, { date, nameOf }: Reader): string {
  const { state, ground, agentId, at } = consent;
  if (state === "unknown") return words.consentUnknown;
  const how = (state === "opted_in" ? words.agreed : words.optedOut)[ground ?? "asked_in_person"];
  const who = agentId === null ? undefined : nameOf(agentId);
  return [
    at === null ? how : `${how}, ${date(at)}`,
    ...(who === undefined ? [] : [words.recordedBy(who)]),
  ].join(" · ");
}

/** What an agent may record about texting; nobody takes back for a guest what the guest said. */
export function recordable(address: Address): {
  readonly agreed: readonly AskedGround[];
  readonly refused: readonly AskedGround[];
  readonly isGuestsOwn: boolean;
} {
  const none: readonly AskedGround[] = [];
  const { state, ground } = address.consent;
  if (address.kind !== "phone") return { agreed: none, refused: none, isGuestsOwn: false };
  const isGuestsOwn = state === "opted_out" && ground === "keyword";
  return {
    agreed: state === "opted_in" || isGuestsOwn ? none : grounds,
    refused: state === "opted_out" ? none : grounds,
    isGuestsOwn,
  };
}

/** In the order in which people at a desk use them. */
const grounds: readonly AskedGround[] = ["asked_in_person", "asked_by_phone", "booking_form"];
