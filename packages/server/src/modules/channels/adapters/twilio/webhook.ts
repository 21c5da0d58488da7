import type { EntryId } from "@foyer/contract";
import { isId } from "../../../../platform/ids.ts";
import type { ArrivedMedia } from "../../../../platform/scope/index.ts";
import { type RawDelivery, type Understood, Unreadable } from "../../ports.ts";
import { failureOfReport } from "./failures.ts";
import { type Parameters, parametersOf, queryOf } from "./parameters.ts";

/** The query parameter of our status address in which the provider hands our id back. */
export const referenceParameter = "reference";

/** The provider takes ten; what claims more is read up to here. */
const mediaReadMax = 50;
const addressCharactersMax = 254;
const urlCharactersMax = 2_048;
const sidPattern = /^[A-Z]{2}[0-9a-f]{32}$/;

const states = new Map<string, "sent" | "delivered" | "read" | "failed">([
  ["sent", "sent"],
  ["delivered", "delivered"],
  ["read", "read"],
  ["undelivered", "failed"],
  ["failed", "failed"],
  ["canceled", "failed"],
]);

const words = new Map<string, "stop" | "start" | "help">([
  ["STOP", "stop"],
  ["START", "start"],
  ["HELP", "help"],
]);

/**
 * Reads a genuine webhook: a guest's message, or a report of what became of one of ours.
 * @throws Unreadable `malformed`
 */
export function readWebhook(delivery: RawDelivery): Understood {
  const given = parametersOf(delivery.url, delivery.body);
  return delivery.kind === "inbound" ? readMessage(given) : readReport(given, delivery.url);
}

function readMessage(given: Parameters): Understood {
  return {
    kind: "message",
    providerId: sidOf(given),
    from: addressOf(given, "From"),
    to: addressOf(given, "To"),
    text: given.get("Body") ?? "",
    occurredAt: null,
    media: mediaOf(given),
    word: words.get((given.get("OptOutType") ?? "").toUpperCase()) ?? null,
  };
}

function mediaOf(given: Parameters): ArrivedMedia[] {
  const count = Number(given.get("NumMedia") ?? "0");
  if (!Number.isSafeInteger(count) || count < 0) throw new Unreadable("malformed");
  return Array.from({ length: Math.min(count, mediaReadMax) }, (_, index) => {
    const url = given.get(`MediaUrl${index}`) ?? "";
    if (!URL.canParse(url) || url.length > urlCharactersMax) throw new Unreadable("malformed");
    return { url, mediaType: given.get(`MediaContentType${index}`) ?? null };
  });
}

/** A state on the way (queued, sending) says nothing that is not known; nor does a new one. */
function readReport(given: Parameters, url: string): Understood {
  const providerId = sidOf(given);
  const status = given.get("MessageStatus") ?? given.get("SmsStatus");
  if (!status) throw new Unreadable("malformed");
  const state = states.get(status);
  if (!state) return { kind: "nothing", providerId };
  const failure = state === "failed" ? failureOfReport(given.get("ErrorCode")) : null;
  return { kind: "status", providerId, reference: referenceOf(url), state, failure };
}

function referenceOf(url: string): EntryId | null {
  const reference = queryOf(url).get(referenceParameter) ?? "";
  return isId(reference) ? (reference as EntryId) : null;
}

function sidOf(given: Parameters): string {
  const sid = given.get("MessageSid") ?? given.get("SmsSid") ?? "";
  if (!sidPattern.test(sid)) throw new Unreadable("malformed");
  return sid;
}

function addressOf(given: Parameters, name: string): string {
  const address = given.get(name) ?? "";
  if (address === "" || address.length > addressCharactersMax) throw new Unreadable("malformed");
  return address;
}
