import { randomBytes } from "node:crypto";
import { type FailureCode, limits } from "@foyer/contract";
import { twilioAdapter } from "../../src/modules/channels/adapters/twilio/adapter.ts";
import { RecordedTwilio } from "../recorded-twilio/recorded-twilio.ts";
import { mintSid } from "../recorded-twilio/resources.ts";
import { formRequest } from "../recorded-twilio/webhook-request.ts";
import { describeChannelAdapter, now } from "./channel-adapter.ts";
import type { AdapterRig } from "./channel-adapter-rig.ts";
import { StandIns } from "./stand-ins.ts";

/** Long enough for an answer on this machine, short enough to wait for none. */
const patience = { sendTimeoutMs: 1_000, lookUpTimeoutMs: 1_000 };

const hotel = "+13125550100";
const guest = "+13125550117";
const accountSid = mintSid("AC");
const authToken = randomBytes(16).toString("hex");
const channelKey = "key-of-the-channel";
const ours = { address: hotel, channelKey, accountSid, authToken };
const publicOrigin = () => "https://inbox.hotel.example";
const inboundUrl = `${publicOrigin()}/services/channels/${channelKey}/inbound`;

const sid = `SM${"0123456789abcdef".repeat(2)}`;
const form = (parameters: Record<string, string>) => new URLSearchParams(parameters).toString();
const text = { MessageSid: sid, From: guest, To: hotel, Body: "Hé 🙌 100 % & more", NumMedia: "0" };
const report = { MessageSid: sid, From: hotel, To: guest, MessageStatus: "delivered" };
const read = { from: guest, to: hotel, text: text.Body, occurredAt: null, media: [], word: null };
const arrived = { kind: "message", providerId: sid, ...read } as const;
const reported = { kind: "status", providerId: sid, reference: null } as const;

const failures: readonly (readonly [status: string, code: string | undefined, FailureCode])[] = [
  ["undelivered", "30003", "unreachable"],
  ["undelivered", "30004", "blocked_by_recipient"],
  ["undelivered", "30005", "invalid_number"],
  ["undelivered", "30006", "not_a_mobile"],
  ["undelivered", "30007", "filtered_by_carrier"],
  ["undelivered", "30008", "unknown"],
  ["failed", "21610", "opted_out"],
  ["failed", "99999", "unknown"],
  ["failed", undefined, "unknown"],
];

const pictures = {
  NumMedia: "2",
  MediaUrl0: "https://api.twilio.com/one",
  MediaContentType0: "image/jpeg",
  MediaUrl1: "https://api.twilio.com/two",
};

const understood: AdapterRig["understood"] = [
  ["inbound", form(text), arrived],
  [
    "inbound",
    form({ ...text, OptOutType: "STOP", NewNextYear: "x" }),
    { ...arrived, word: "stop" },
  ],
  ["inbound", form({ ...text, OptOutType: "START" }), { ...arrived, word: "start" }],
  ["inbound", form({ ...text, OptOutType: "HELP" }), { ...arrived, word: "help" }],
  ["inbound", form({ MessageSid: sid, From: guest, To: hotel }), { ...arrived, text: "" }],
  [
    "inbound",
    form({ ...text, ...pictures }),
    {
      ...arrived,
      media: [
        { url: pictures.MediaUrl0, mediaType: "image/jpeg" },
        { url: pictures.MediaUrl1, mediaType: null },
      ],
    },
  ],
  ...(["sent", "delivered", "read"] as const).map(
    (state) =>
      [
        "status",
        form({ ...report, MessageStatus: state }),
        { ...reported, state, failure: null },
      ] as const,
  ),
  ...failures.map(
    ([status, code, failure]) =>
      [
        "status",
        form({ ...report, MessageStatus: status, ...(code ? { ErrorCode: code } : {}) }),
        { ...reported, state: "failed", failure },
      ] as const,
  ),
  ...["queued", "sending", "accepted", "a word of next year"].map(
    (status) =>
      [
        "status",
        form({ ...report, MessageStatus: status }),
        { kind: "nothing", providerId: sid },
      ] as const,
  ),
];

const unreadable: AdapterRig["unreadable"] = [
  ["inbound", ""],
  ["inbound", JSON.stringify(text)],
  ["inbound", form({ ...text, MessageSid: "" })],
  ["inbound", form({ ...text, MessageSid: "SM1" })],
  ["inbound", form({ ...text, From: "" })],
  ["inbound", form({ ...text, From: "+".repeat(300) })],
  ["inbound", form({ MessageSid: sid, From: guest, Body: "to nobody" })],
  ["inbound", form({ ...text, NumMedia: "-1" })],
  ["inbound", form({ ...text, NumMedia: "many" })],
  ["inbound", form({ ...text, NumMedia: "1" })],
  ["inbound", form({ ...text, NumMedia: "1", MediaUrl0: "no address" })],
  ["status", form(text)],
  ["status", form({ MessageStatus: "sent" })],
];

const refusals: readonly (readonly [code: number, FailureCode])[] = [
  [21211, "invalid_number"],
  [21408, "refused_by_carrier"],
  [21610, "opted_out"],
  [21612, "refused_by_carrier"],
  [21614, "not_a_mobile"],
  [21620, "attachment_refused"],
  [21635, "not_a_mobile"],
  [29999, "refused_by_carrier"],
];

const numberRefusedWith = (code: number) => `+1312666${code.toString().slice(1)}`;

async function open(): Promise<AdapterRig> {
  const recorded = await RecordedTwilio.open({ now: () => now });
  const account = recorded.own({ accountSid, authToken, number: hotel, inboundUrl });
  for (const [code] of refusals) recorded.refuse(numberRefusedWith(code), code);
  const standIns = new StandIns();
  const adapterAt = (apiUrl: string) => twilioAdapter({ apiUrl, publicOrigin }, patience);
  const bytes = randomBytes(5_000);
  return {
    adapter: adapterAt(recorded.url),
    settings: ours,
    otherSettings: { ...ours, authToken: "0".repeat(32) },
    to: guest,
    time: null,
    knowsReference: false,
    sign: (kind, body) => {
      const parameters = Object.fromEntries(new URLSearchParams(body));
      const { url, headers } = formRequest(authToken, { url: inboundUrl, parameters });
      // The media type is not under the signature.
      const signed = { "x-twilio-signature": headers["x-twilio-signature"] };
      return { kind, url, headers: signed, body: Buffer.from(body) };
    },
    understood,
    unreadable,
    refused: [
      ...refusals.map(([code, failure]) => [numberRefusedWith(code), ours, failure] as const),
      ["not a number", ours, "invalid_number"],
      [guest, { ...ours, authToken: "0".repeat(32) }, "channel_misconfigured"],
      [guest, { ...ours, accountSid: mintSid("AC") }, "channel_misconfigured"],
      [guest, { ...ours, address: "+13125550199" }, "channel_misconfigured"],
    ],
    fail: (fault) => recorded.fail(fault),
    taken: (reference) =>
      recorded.messages.filter(({ statusCallback }) => statusCallback?.endsWith(reference)).length,
    othersPage: JSON.stringify({
      messages: [{ sid, from: hotel, to: guest, body: "Something else", status: "sent" }],
      next_page_uri: null,
    }),
    media: {
      url: recorded.media(bytes, account, 1),
      bytes,
      tooLargeUrl: recorded.media(new Uint8Array(limits.attachmentBytesMax + 1), account),
      foreignUrl: `${recorded.mediaHost.url}/0/anything`,
    },
    against: async (standIn) => adapterAt(await standIns.listen(standIn)),
    close: async () => {
      standIns.close();
      await recorded.close();
    },
  };
}

describeChannelAdapter("Twilio", open);
