import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { EntryId } from "@foyer/contract";
import { createCarrier, type FaultKind, listen, signDelivery } from "@foyer/simulator";
import { simulatorAdapter } from "../../src/modules/channels/adapters/simulator.ts";
import {
  type AdapterRig,
  describeChannelAdapter,
  type ProviderFault,
  type StandIn,
} from "./channel-adapter.ts";

/** Long enough for an answer on this machine, short enough to wait for none. */
const patience = { sendTimeoutMs: 1_000, lookUpTimeoutMs: 1_000 };

const hotel = "+13125550100";
const guest = "+13125550117";
const account = {
  number: hotel,
  apiKey: "key-of-the-hotel",
  signingSecret: "secret",
  inboundUrl: "http://127.0.0.1:9/inbound",
  statusUrl: "http://127.0.0.1:9/status",
};
const { apiKey, signingSecret } = account;
const ours = { address: hotel, apiKey, signingSecret };

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

const understood: AdapterRig["understood"] = [
  [
    "inbound",
    json(text),
    { kind: "message", providerId: "m1", from: guest, text: "Hé 🙌", occurredAt: 5 },
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
];

async function open(): Promise<AdapterRig> {
  const carrier = createCarrier({ guests: [{ number: guest, name: "Ada Nguyen" }] });
  carrier.open(account);
  const provider = await listen(carrier);
  const standIns: ReturnType<typeof createServer>[] = [];
  return {
    adapter: simulatorAdapter(() => provider.url, patience),
    settings: ours,
    otherSettings: { ...ours, signingSecret: "another" },
    to: guest,
    signatureAgeMsMax: 5 * 60_000,
    sign: (kind, body, at) => {
      const timestamp = at / 1_000;
      const signature = signDelivery(ours.signingSecret, timestamp, body);
      const headers = {
        "x-carrier-timestamp": String(timestamp),
        "x-carrier-signature": signature,
      };
      return { kind, headers, body: Buffer.from(body) };
    },
    redate: (delivery, at) => ({
      ...delivery,
      headers: { ...delivery.headers, "x-carrier-timestamp": String(at / 1_000) },
    }),
    understood,
    unreadable,
    refused,
    fail: (fault) => carrier.failNext(faults[fault]),
    taken: (wanted) => carrier.sent.filter((message) => message.reference === wanted).length,
    against: async (standIn) => {
      const url = await listenTo(standIn, standIns);
      return simulatorAdapter(() => url, patience);
    },
    close: async () => {
      for (const server of standIns) server.closeAllConnections();
      for (const server of standIns) server.close();
      carrier.close();
      await provider.close();
    },
  };
}

async function listenTo(
  standIn: StandIn | undefined,
  opened: ReturnType<typeof createServer>[],
): Promise<string> {
  const server = createServer((request, response) => {
    // The request is read to its end: only then has the provider seen it.
    request.resume().on("end", () => standIn?.(request, response));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  if (standIn) opened.push(server);
  else await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

describeChannelAdapter("the guest phone simulator", open);
