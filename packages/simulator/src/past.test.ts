import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { createCarrier } from "./carrier.ts";

const guest = "+13125550111";
const hotel = "+13125550100";

describe("a carrier's past", () => {
  it("stands on the phone in its order, and is not delivered again", async () => {
    const posted: string[] = [];
    const carrier = createCarrier({
      guests: [{ number: guest, name: "Guest" }],
      fetch: async (url) => {
        posted.push(String(url));
        return new Response();
      },
    });
    const url = "http://127.0.0.1:9/";
    const account = { number: hotel, apiKey: "k", signingSecret: "s" };
    carrier.open({ ...account, inboundUrl: url, statusUrl: url });
    carrier.remember([
      { guest, hotel, from: "guest", text: "Hello", at: 1 },
      { guest, hotel, from: "hotel", text: "Welcome", at: 2 },
    ]);
    await carrier.settle();
    const texts = carrier.messagesOf(guest).map(({ text, state }) => [text, state]);
    assert.deepEqual(texts, [
      ["Hello", "delivered"],
      ["Welcome", "read"],
    ]);
    assert.deepEqual(posted, []);
    carrier.close();
  });
});
