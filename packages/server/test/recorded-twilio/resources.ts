/**
 * What Twilio's API answers, in the shapes that its reference documents for the version of
 * 2010-04-01: a message, a page of messages, an error.
 */
import { randomBytes } from "node:crypto";
import { countSegments } from "@foyer/contract";

export interface RecordedMessage {
  readonly sid: string;
  readonly accountSid: string;
  readonly from: string;
  readonly to: string;
  readonly body: string;
  readonly mediaUrls: readonly string[];
  readonly statusCallback: string | null;
  readonly createdAt: number;
  status: string;
  errorCode: number | null;
}

/** An id as Twilio mints them: what it is, in two letters, and 32 hexadecimal digits. */
export function mintSid(prefix: "AC" | "SM" | "MM" | "ME"): string {
  return prefix + randomBytes(16).toString("hex");
}

export function messageResource(message: RecordedMessage) {
  const { accountSid, sid, createdAt } = message;
  const uri = `/2010-04-01/Accounts/${accountSid}/Messages/${sid}`;
  const date = new Date(createdAt).toUTCString().replace("GMT", "+0000");
  return {
    account_sid: accountSid,
    api_version: "2010-04-01",
    body: message.body,
    date_created: date,
    date_sent: message.status === "queued" ? null : date,
    date_updated: date,
    direction: "outbound-api",
    error_code: message.errorCode,
    error_message: null,
    from: message.from,
    messaging_service_sid: null,
    num_media: String(message.mediaUrls.length),
    num_segments: String(countSegments(message.body).segments),
    price: null,
    price_unit: null,
    sid,
    status: message.status,
    subresource_uris: { media: `${uri}/Media.json` },
    to: message.to,
    uri: `${uri}.json`,
  };
}

export function pageResource(messages: readonly RecordedMessage[], pageSize: number, path: string) {
  const shown = messages.slice(0, pageSize);
  const next = messages.length > pageSize ? `${path}?PageSize=${pageSize}&Page=1` : null;
  return {
    end: Math.max(0, shown.length - 1),
    first_page_uri: `${path}?PageSize=${pageSize}&Page=0`,
    messages: shown.map(messageResource),
    next_page_uri: next,
    page: 0,
    page_size: pageSize,
    previous_page_uri: null,
    start: 0,
    uri: `${path}?PageSize=${pageSize}&Page=0`,
  };
}

/** The status with which each error travels, where it is not 400. */
const statuses = new Map([
  [20003, 401],
  [20404, 404],
  [20429, 429],
  [20500, 500],
  [21408, 403],
]);

export function errorResource(code: number) {
  return {
    code,
    message: `Recorded error ${code}`,
    more_info: `https://www.twilio.com/docs/errors/${code}`,
    status: statuses.get(code) ?? 400,
  };
}
