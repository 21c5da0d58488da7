import { createHmac, randomUUID } from "node:crypto";
import type { DemoFound } from "../../src/modules/demo/index.ts";

/** Delivers a guest's text as the carrier would, and answers with the status. */
export async function deliverText(
  url: string,
  demo: DemoFound,
  from: string,
  text: string,
): Promise<number> {
  const { number: to, channelKey, signingSecret } = demo;
  const message = { type: "message.received", id: randomUUID(), from, to, text };
  const body = JSON.stringify({ ...message, sentAt: Date.now() });
  const timestamp = Math.floor(Date.now() / 1000);
  const mac = createHmac("sha256", signingSecret).update(`${timestamp}.${body}`).digest("hex");
  const response = await fetch(`${url}/services/channels/${channelKey}/inbound`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      "x-carrier-timestamp": String(timestamp),
      "x-carrier-signature": `v1=${mac}`,
      "x-carrier-delivery": randomUUID(),
    },
    body,
  });
  return response.status;
}
