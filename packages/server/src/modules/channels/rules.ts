import { createHash } from "node:crypto";
import { limits } from "@foyer/contract";
import type { MessageArrived, Notice } from "../../platform/scope/index.ts";
import { normalizeAddress } from "../contacts/index.ts";
import type { OpenChannel } from "./channels.ts";
import { consentWordOf } from "./consent-word.ts";
import {
  type Capabilities,
  type ChannelKind,
  type DeliveryFailure,
  type RawDelivery,
  type Understood,
  Unreadable,
} from "./ports.ts";

/** A guest's text is stored whole up to here; a phone sends far less. */
const textCharactersMax = 100_000;
/** A provider's clock may be ahead of ours by so much; what lies beyond is no time at all. */
const clockAheadMsMax = 24 * 60 * 60 * 1000;

/** How messages travel on each kind of channel: one may stand in for another of its medium. */
export const mediumOf = {
  simulator: "sms",
  twilio: "sms",
} as const satisfies Readonly<Record<ChannelKind, Capabilities["medium"]>>;

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
 * Failures that trying again mends: something of ours broke, or the message is not ours yet. What
 * a delivery says does not change, so the others stay for people to look at.
 */
export function isWorthRetrying(failure: DeliveryFailure): boolean {
  return failure === "processing_failed" || failure === "message_unknown";
}

/**
 * A delivery in the house's own words.
 * @param heardAt when it came; integer ms
 * @throws Unreadable for a sender that is no address, a text beyond all bounds, and what was
 *   meant for another number
 */
export function noticeOf(
  channel: OpenChannel,
  { medium, addressKind }: Pick<Capabilities, "medium" | "addressKind">,
  understood: Exclude<Understood, { kind: "nothing" }>,
  heardAt: number,
): Notice {
  const common = { propertyId: channel.propertyId, channelId: channel.id };
  if (understood.kind === "status") {
    const { reference, providerId, state, failure } = understood;
    return { name: "status.arrived", ...common, entryId: reference, providerId, state, failure };
  }
  const addressOf = (value: string) => normalizeAddress({ kind: addressKind, value }, undefined);
  const { text, providerId, to } = understood;
  if (to !== null && addressOf(to)?.value !== channel.settings.address) {
    throw new Unreadable("not_for_this_number");
  }
  const from = addressOf(understood.from);
  if (!from) throw new Unreadable("sender_not_an_address");
  if (text.length > textCharactersMax) throw new Unreadable("text_too_long");
  return {
    name: "message.arrived",
    ...common,
    from,
    text,
    providerId,
    occurredAt: believable(understood.occurredAt, heardAt),
    media: understood.media.slice(0, limits.attachmentsPerMessageMax),
    word: wordOf(medium, understood),
  };
}

/** Whether a message brought more than a message may: the rest was left with the provider. */
export function dropsMedia(understood: Understood): boolean {
  return understood.kind === "message" && understood.media.length > limits.attachmentsPerMessageMax;
}

/** The provider knows best what it acted on; else what the text says counts. */
function wordOf(
  medium: Capabilities["medium"],
  { word, text }: Extract<Understood, { kind: "message" }>,
): MessageArrived["word"] {
  return word ?? (medium === "sms" ? consentWordOf(text) : null);
}

/** When the provider says it happened, unless that cannot be: then, when we heard of it. */
function believable(occurredAt: number | null, heardAt: number): number {
  if (occurredAt === null) return heardAt;
  return occurredAt >= 0 && occurredAt <= heardAt + clockAheadMsMax ? occurredAt : heardAt;
}

/**
 * The channel that stands in for one that has ended: the property's only other one of the same
 * medium. Where there are several, nobody knows which number the guest should hear from: then the
 * ended one stays, and nothing is sent.
 */
export function replyChannelOf(ended: OpenChannel, channels: readonly OpenChannel[]): OpenChannel {
  const medium = mediumOf[ended.kind];
  const [only, ...others] = channels.filter(
    (channel) => channel.isActive && mediumOf[channel.kind] === medium,
  );
  return only && others.length === 0 ? only : ended;
}
