import { z } from "zod";
import { idOf } from "../ids.ts";
import { instant } from "../instant.ts";
import { limits } from "../limits.ts";
import { operation } from "../operation.ts";
import { channel, delivery, messageState } from "../schemas/conversations.ts";

const byProperty = z.object({ propertyId: idOf<"property">() });
const byChannel = byProperty.extend({ channelId: idOf<"channel">() });

export const listChannels = operation({
  name: "channels.list",
  method: "GET",
  path: "/v1/properties/{propertyId}/channels",
  summary: "The channels of a property and what each can do.",
  right: "property.read",
  params: byProperty,
  output: z.object({ items: z.array(channel) }),
});

/** What the settings page of a channel shows: nothing that was told us as a secret. */
const channelSettings = z.object({
  channel,
  /** The addresses to give to the provider; they carry the channel's key. */
  inboundUrl: z.string(),
  statusUrl: z.string(),
  /** Whether a provider on the internet could reach them; if not, why. */
  reach: z.enum(["reachable", "loopback", "private_network", "not_encrypted"]),
  /** Twilio only. */
  accountSid: z.string().nullable(),
  apiBaseUrl: z.string().nullable(),
  lastDelivery: delivery.nullable(),
  version: z.int(),
});

export const getChannelSettings = operation({
  name: "channels.settings",
  method: "GET",
  path: "/v1/properties/{propertyId}/channels/{channelId}/settings",
  summary: "How a channel is set up, and what its provider brought last.",
  right: "channel.manage",
  params: byChannel,
  output: channelSettings,
});

const twilio = {
  /** The property's number: E.164. */
  address: z.string().trim().min(1).max(limits.addressCharactersMax),
  accountSid: z.string().regex(/^AC[0-9a-f]{32}$/, {
    error: "must be AC and 32 hexadecimal digits",
  }),
  authToken: z.string().min(16).max(200),
};

export const createChannel = operation({
  name: "channels.create",
  method: "POST",
  path: "/v1/properties/{propertyId}/channels",
  summary: "Connect an SMS number of a Twilio account.",
  right: "channel.manage",
  params: byProperty,
  body: z.strictObject({ channelId: idOf<"channel">(), kind: z.literal("twilio"), ...twilio }),
  output: channelSettings,
  status: 201,
  refusals: [
    "channel.address_invalid",
    "channel.address_taken",
    "channel.demo_only",
    "entry.id_taken",
  ],
});

export const updateChannel = operation({
  name: "channels.update",
  method: "PATCH",
  path: "/v1/properties/{propertyId}/channels/{channelId}",
  summary: "Change the account that a channel speaks with. What is left out stays.",
  right: "channel.manage",
  params: byChannel,
  body: z.strictObject({
    accountSid: twilio.accountSid.optional(),
    authToken: twilio.authToken.optional(),
    version: z.int(),
  }),
  output: channelSettings,
  refusals: ["version.conflict", "channel.not_editable"],
});

export const endChannel = operation({
  name: "channels.end",
  method: "DELETE",
  path: "/v1/properties/{propertyId}/channels/{channelId}",
  summary: "Disconnect a channel. What was said on it stays.",
  right: "channel.manage",
  params: byChannel,
});

export const testChannel = operation({
  name: "channels.test",
  method: "POST",
  path: "/v1/properties/{propertyId}/channels/{channelId}/test-messages",
  summary: "Send one text to a number of your own, at once, and say what came of it.",
  right: "channel.manage",
  params: byChannel,
  body: z.strictObject({ to: z.string().trim().min(1).max(limits.addressCharactersMax) }),
  output: z.object({
    outcome: messageState.extract(["sent", "failed", "uncertain", "queued"]),
    /** Why it failed, as a code; the provider's own code beside it where there is one. */
    failure: z.string().nullable(),
    providerCode: z.string().nullable(),
    at: instant,
  }),
  refusals: [
    "contact.address_invalid",
    "contact.opted_out",
    "contact.blocked",
    "channel.ended",
    "channel.too_many_tests",
  ],
});
