import { type EntryId, limits } from "@foyer/contract";
import {
  type Carrier,
  createCarrier,
  type FaultKind,
  signDelivery,
  simulator,
} from "@foyer/simulator";
import { fastify } from "fastify";
import { simulatorAdapter } from "../../src/modules/channels/adapters/simulator.ts";
import { describeChannelAdapter } from "./channel-adapter.ts";
import type { AdapterRig, ProviderFault } from "./channel-adapter-rig.ts";
import { StandIns } from "./stand-ins.ts";

/** Long enough for an answer on this machine, short enough to wait for none. */
const patience = { sendTimeoutMs: 1_000, lookUpTimeoutMs: 1_000 };

const hotel = "+13125550100";
const guest = "+13125550117";
const stopped = "+13125550118";
const account = {
  number: hotel,
  apiKey: "key-of-the-hotel",
  signingSecret: "secret",
  inboundUrl: "http://127.0.0.1:9/inbound",
  statusUrl: "http://127.0.0.1:9/status",
};
const { apiKey, signingSecret } = account;
const ours = { address: hotel, channelKey: "key", apiKey, signingSecret };

const faults: Record<ProviderFault, FaultKind> = {
  rate_limited: "rate_limit",
  failed: "error",
  silent: "timeout",
  answer_lost: "accept_then_drop",
};

const reference = "018f2f9a-0000-7000-8000-000000000001" as EntryId;
const text = {
  type: "message.received",
  id: "m1",
  from: guest,
  to: hotel,
  text: "Hé 🙌",
  sentAt: 5,
};
const report = { type: "message.status", id: "m2", reference, status: "delivered", at: 5 };
const json = JSON.stringify;
const nobodys = { id: "x", reference: "018f2f9a-0000-7000-8000-00000000000f", status: "sent" };

const understood: AdapterRig["understood"] = [
  [
    "inbound",
    json(text),
    {
      kind: "message",
      providerId: "m1",
      from: guest,
      to: null,
      text: "Hé 🙌",
      occurredAt: 5,
      media: [],
      word: null,
    },
  ],
  [
    "inbound",
    json({ ...text, text: "", media: [{ url: "v1/media/m", mediaType: "image/png", size: 3 }] }),
    {
      kind: "message",
      providerId: "m1",
      from: guest,
      to: null,
      text: "",
      occurredAt: 5,
      media: [{ url: "v1/media/m", mediaType: "image/png" }],
      word: null,
    },
  ],
  ...(["sent", "delivered", "read"] as const).map(
    (state) =>
      [
        "status",
        json({ ...report, status: state }),
        { kind: "status", providerId: "m2", reference, state, failure: null },
      ] as const,
  ),
  ...(
    [
      ["unreachable", "unreachable"],
      ["landline", "not_a_mobile"],
      ["filtered", "filtered_by_carrier"],
      ["media_refused", "attachment_refused"],
      ["media_unavailable", "attachment_refused"],
      ["blocked_by_recipient", "blocked_by_recipient"],
      ["a word of next year", "unknown"],
    ] as const
  ).map(
    ([code, failure]) =>
      [
        "status",
        json({ ...report, status: "failed", error: { code } }),
        { kind: "status", providerId: "m2", reference, state: "failed", failure },
      ] as const,
  ),
];

const unreadable: AdapterRig["unreadable"] = [
  ["inbound", ""],
  ["inbound", "null"],
  ["inbound", json(report)],
  ["inbound", json({ ...text, id: "" })],
  ["inbound", json({ ...text, from: undefined })],
  ["inbound", json({ ...text, text: 7 })],
  ["inbound", json({ ...text, media: [{ url: "", mediaType: "image/png" }] })],
  ["inbound", json({ ...text, media: Array(51).fill({ url: "m", mediaType: "a/b" }) })],
  ["inbound", json({ ...text, sentAt: -1 })],
  ["inbound", json({ ...text, sentAt: 1e300 })],
  ["status", json(text)],
  ["status", json({ ...report, reference: "not ours" })],
  ["status", json({ ...report, status: "exploded" })],
];

const refused: AdapterRig["refused"] = [
  ["not a number", ours, "invalid_number"],
  ["+4915112345678", ours, "invalid_number"],
  [guest, { ...ours, apiKey: "wrong" }, "channel_misconfigured"],
  [guest, { ...ours, address: "+13125550199" }, "channel_misconfigured"],
  [stopped, ours, "opted_out"],
];

async function open(): Promise<AdapterRig> {
  const carrier = createCarrier({ guests: [{ number: guest, name: "Ada Nguyen" }] });
  carrier.open(account);
  carrier.text(stopped, hotel, "STOP");
  const bytes = Buffer.from("what a guest saw");
  const seen = carrier.text(guest, hotel, "", { media: [{ bytes, mediaType: "image/png" }] });
  const provider = await listenWith(carrier);
  const standIns = new StandIns();
  return {
    adapter: simulatorAdapter(() => provider.url, patience),
    settings: ours,
    otherSettings: { ...ours, signingSecret: "another" },
    to: guest,
    knowsReference: true,
    othersPage: json({ messages: [nobodys], next: null }),
    sign: (kind, body, at) => {
      const timestamp = at / 1_000;
      const signature = signDelivery(ours.signingSecret, timestamp, body);
      const headers = {
        "x-carrier-timestamp": String(timestamp),
        "x-carrier-signature": signature,
      };
      return { kind, url: account.inboundUrl, headers, body: Buffer.from(body) };
    },
    time: {
      ageMsMax: 5 * 60_000,
      redate: (delivery, at) => ({
        ...delivery,
        headers: { ...delivery.headers, "x-carrier-timestamp": String(at / 1_000) },
      }),
    },
    understood,
    unreadable,
    refused,
    media: {
      url: `v1/media/${seen.media[0]?.id}`,
      bytes,
      tooLargeUrl: "v1/media/too-large",
      foreignUrl: `http://127.0.0.1:9/v1/media/${"m".repeat(36)}`,
    },
    fail: (fault) => carrier.failNext(faults[fault]),
    taken: (wanted) => carrier.sent.filter((message) => message.reference === wanted).length,
    against: async (standIn) => {
      const url = await standIns.listen(standIn);
      return simulatorAdapter(() => url, patience);
    },
    close: async () => {
      standIns.close();
      carrier.close();
      await provider.close();
    },
  };
}

/** The carrier, and beside what it has a file that no carrier would take. */
async function listenWith(carrier: Carrier) {
  const app = fastify();
  app.get("/v1/media/too-large", (_request, reply) =>
    reply.send(Buffer.alloc(limits.attachmentBytesMax + 1)),
  );
  await app.register(simulator, { carrier });
  const url = await app.listen({ host: "127.0.0.1", port: 0 });
  return { url, close: () => app.close() };
}

describeChannelAdapter("the guest phone simulator", open);
