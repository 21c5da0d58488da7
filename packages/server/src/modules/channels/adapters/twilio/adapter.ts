import { limits } from "@foyer/contract";
import type { ChannelAdapter, ChannelSettings } from "../../ports.ts";
import { reachOf } from "../../reach.ts";
import { mediumOf } from "../../rules.ts";
import { webhookPath } from "../../webhook-path.ts";
import { accountOf } from "./account.ts";
import { lookUpMessage, sendMessage, type TwilioLine } from "./api.ts";
import { fetchMedia } from "./media.ts";
import { isGenuine } from "./signature.ts";
import { readWebhook, referenceParameter } from "./webhook.ts";

/** What a Twilio adapter must know of this installation. */
export interface TwilioOptions {
  /** The API's origin. */
  readonly apiUrl: string;
  /** The origin under which providers call us. */
  readonly publicOrigin: () => string;
}

/** How long the provider may take over an answer. */
interface Patience {
  readonly sendTimeoutMs: number;
  readonly lookUpTimeoutMs: number;
}

const patienceOfUs: Patience = { sendTimeoutMs: 10_000, lookUpTimeoutMs: 5_000 };

/** SMS and MMS through Twilio's Programmable Messaging, API version 2010-04-01. */
export function twilioAdapter(
  options: TwilioOptions,
  patience: Patience = patienceOfUs,
): ChannelAdapter {
  const line = (settings: ChannelSettings): TwilioLine => ({
    ...patience,
    account: accountOf(settings),
    baseUrl: options.apiUrl,
    statusUrl: statusUrlOf(options.publicOrigin(), settings.channelKey),
  });
  return {
    kind: "twilio",
    capabilities: {
      medium: mediumOf.twilio,
      addressKind: "phone",
      textCharactersMax: 1_600,
      hasSubject: false,
      windowMs: null,
      reportsRead: false,
      attachmentsMax: limits.attachmentsPerMessageMax,
      attachmentBytesMax: limits.attachmentBytesMax,
      hasSegments: true,
    },
    // TwiML that does nothing: the answer to a guest is an agent's.
    answer: {
      mediaType: "text/xml",
      body: '<?xml version="1.0" encoding="UTF-8"?><Response></Response>',
    },
    isGenuine,
    read: readWebhook,
    send: (settings, message) => sendMessage(line(settings), message),
    lookUp: (settings, sought) => lookUpMessage(line(settings), sought),
    fetchMedia: (settings, url, signal) => {
      const account = accountOf(settings);
      const source = { account, baseUrl: options.apiUrl, bytesMax: limits.attachmentBytesMax };
      return fetchMedia(source, url, signal);
    },
  };
}

/** A status address that it cannot reach makes the provider refuse the message. */
function statusUrlOf(origin: string, channelKey: string): TwilioLine["statusUrl"] {
  if (reachOf(origin) !== "reachable") return null;
  const url = origin + webhookPath(channelKey, "status");
  return (reference) => `${url}?${new URLSearchParams({ [referenceParameter]: reference })}`;
}
