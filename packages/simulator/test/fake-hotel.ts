import assert from "node:assert/strict";
import type { Account, MessageReceived, MessageStatus } from "../src/protocol.ts";
import { signDelivery } from "../src/signature.ts";

export interface Received {
  readonly url: string;
  readonly timestamp: number;
  readonly delivery: string;
  readonly body: MessageReceived | MessageStatus;
}

/** The hotel's side without a network: checks signatures, and answers as it is told. */
export interface FakeHotel {
  readonly account: Account;
  readonly received: Received[];
  /** Texts of guests in the order in which they were accepted, repetitions left out. */
  readonly texts: string[];
  readonly statuses: string[];
  /** Status of the next answers, 200 when none is left; "silence" never answers. */
  readonly answers: (number | "silence" | "cut")[];
  readonly fetch: typeof fetch;
}

export function fakeHotel(number = "+13125550100"): FakeHotel {
  const account = {
    number,
    name: "Harbour House",
    apiKey: `key-of-${number}`,
    signingSecret: "a secret between two",
    inboundUrl: "http://hotel.test/inbound",
    statusUrl: "http://hotel.test/status",
  };
  const received: Received[] = [];
  const accepted = new Map<string, MessageReceived | MessageStatus>();
  const answers: FakeHotel["answers"] = [];
  return {
    account,
    received,
    answers,
    get texts() {
      return [...accepted.values()].flatMap((body) => ("text" in body ? [body.text] : []));
    },
    get statuses() {
      return [...accepted.values()].flatMap((body) => ("status" in body ? [body.status] : []));
    },
    fetch: async (url, request) => {
      const taken = read(String(url), request, account.signingSecret);
      received.push(taken);
      const answer = answers.shift() ?? 200;
      if (answer === "silence") return untilAborted(request?.signal);
      if (answer === "cut") throw new TypeError("fetch failed");
      const { body } = taken;
      if (answer < 300)
        accepted.set("status" in body ? `${body.id} ${body.status}` : body.id, body);
      return new Response(null, { status: answer });
    },
  };
}

function read(url: string, request: RequestInit | undefined, secret: string): Received {
  // A delivery is signed for one address; following a redirect would hand it to another.
  assert.equal(request?.redirect, "manual");
  const headers = new Headers(request?.headers);
  const raw = String(request?.body);
  const timestamp = Number(headers.get("x-carrier-timestamp"));
  assert.equal(headers.get("x-carrier-signature"), signDelivery(secret, timestamp, raw));
  return {
    url,
    timestamp,
    delivery: headers.get("x-carrier-delivery") ?? "",
    body: JSON.parse(raw),
  };
}

function untilAborted(signal: AbortSignal | null | undefined): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal?.addEventListener("abort", () => reject(new DOMException("Aborted", "AbortError")));
  });
}
