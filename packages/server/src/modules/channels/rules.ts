import { createHash } from "node:crypto";
import type { Notice } from "../../platform/scope/index.ts";
import { normalizeAddress } from "../contacts/index.ts";
import type { OpenChannel } from "./channels.ts";
import { type DeliveryFailure, type RawDelivery, type Understood, Unreadable } from "./ports.ts";

/** A guest's text is stored whole up to here; a phone sends far less. */
const textCharactersMax = 100_000;
/** A provider's clock may be ahead of ours by so much; what lies beyond is no time at all. */
const clockAheadMsMax = 24 * 60 * 60 * 1000;

/**
 * What makes a delivery the same when it comes again: the provider's id, for a status with the
 * state that it reports. One that cannot be read is known by its bytes.
 */
export function deliveryKeyOf(raw: RawDelivery, understood: Understood | DeliveryFailure): string {
  if (typeof understood === "string") {
    return `unread ${raw.kind} ${createHash("sha256").update(raw.body).digest("hex")}`;
  }
  const { kind, providerId } = understood;
  return kind === "status" ? `status ${providerId} ${understood.state}` : `${kind} ${providerId}`;
}

/**
 * A delivery in the house's own words.
 * @throws Unreadable for a sender that is no address, or a text beyond all bounds
 */
export function noticeOf(
  channel: OpenChannel,
  addressKind: "phone" | "email",
  understood: Exclude<Understood, { kind: "nothing" }>,
  now: number,
): Notice {
  const common = { propertyId: channel.propertyId, channelId: channel.id };
  if (understood.kind === "status") {
    const { reference, providerId, state, failure } = understood;
    return { name: "status.arrived", ...common, entryId: reference, providerId, state, failure };
  }
  const from = normalizeAddress({ kind: addressKind, value: understood.from }, undefined);
  if (!from) throw new Unreadable("sender_not_an_address");
  const { text, providerId } = understood;
  const occurredAt = believable(understood.occurredAt, now);
  if (text.length > textCharactersMax) throw new Unreadable("text_too_long");
  return { name: "message.arrived", ...common, from, text, providerId, occurredAt };
}

/** When the provider says it happened, unless that cannot be: then, when we heard of it. */
function believable(occurredAt: number, now: number): number {
  return occurredAt >= 0 && occurredAt <= now + clockAheadMsMax ? occurredAt : now;
}
