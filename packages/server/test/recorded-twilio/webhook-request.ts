import { getExpectedTwilioSignature } from "twilio/lib/webhooks/webhooks.js";

/** What a webhook is called with. */
export interface Posted {
  readonly url: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** A webhook's call as Twilio makes it, signed by Twilio's own library. */
export function formRequest(authToken: string, { url, parameters }: Posted) {
  return {
    url,
    method: "POST",
    headers: {
      "content-type": "application/x-www-form-urlencoded; charset=UTF-8",
      "x-twilio-signature": getExpectedTwilioSignature(authToken, url, parameters),
    },
    body: new URLSearchParams(parameters).toString(),
  } as const;
}
