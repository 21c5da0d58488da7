import { createHmac, timingSafeEqual } from "node:crypto";
import { type EntryId, type FailureCode, limits } from "@foyer/contract";
import { z } from "zod";
import {
  type ChannelAdapter,
  type ChannelSettings,
  type FetchedMedia,
  type LookUpOutcome,
  type OutboundMessage,
  type RawDelivery,
  type SendOutcome,
  type Understood,
  Unreadable,
} from "../ports.ts";

/** A signature older or newer than this is a replay (or a clock that is badly off). */
const signatureAgeSecondsMax = 5 * 60;
/** What a carrier says of when to come back is believed between these. */
const retryAfterMsMin = 1_000;
const retryAfterMsMax = 5 * 60_000;
/** An answer is a few hundred bytes; a page of a look-up is far below this. */
const answerBytesMax = 262_144;
/** The carrier takes ten; what claims more is no delivery of its. */
const mediaReadMax = 50;

/** What the simulator's channel needs beyond its address. */
const settingsSchema = z.looseObject({
  address: z.string(),
  apiKey: z.string(),
  signingSecret: z.string(),
});

const received = z.object({
  type: z.literal("message.received"),
  id: z.string().min(1).max(200),
  from: z.string().min(1).max(254),
  text: z.string(),
  media: z
    .array(z.object({ url: z.string().min(1).max(2_048), mediaType: z.string().max(200) }))
    .max(mediaReadMax)
    .default([]),
  sentAt: z.int().min(0).max(8.64e15),
});

const reported = z.object({
  type: z.literal("message.status"),
  id: z.string().min(1).max(200),
  reference: z.uuid().transform((text) => text as EntryId),
  status: z.enum(["sent", "delivered", "read", "failed"]),
  error: z.object({ code: z.string() }).optional(),
});

const accepted = z.object({ id: z.string().min(1).max(200) });
const refused = z.object({ error: z.object({ code: z.string() }) });
const found = z.object({
  messages: z.array(z.object({ id: z.string(), reference: z.string(), status: z.string() })),
});

/** Where the simulator's carrier listens: with this installation, so it is known at start. */
export type CarrierUrl = () => string;

/** How long the carrier may take over an answer. */
interface Patience {
  readonly sendTimeoutMs: number;
  readonly lookUpTimeoutMs: number;
}

const patienceOfUs: Patience = { sendTimeoutMs: 10_000, lookUpTimeoutMs: 5_000 };

/** The provider's words for a failure, in ours. */
const failures: Readonly<Record<string, FailureCode>> = {
  unreachable: "unreachable",
  landline: "not_a_mobile",
  filtered: "filtered_by_carrier",
  opted_out: "opted_out",
  media_unavailable: "attachment_refused",
  media_refused: "attachment_refused",
  invalid_number: "invalid_number",
  number_not_simulated: "invalid_number",
  blocked_by_recipient: "blocked_by_recipient",
  unauthorized: "channel_misconfigured",
  number_not_yours: "channel_misconfigured",
};

/**
 * The guest phone simulator's carrier ("Foyer carrier protocol 1", `packages/simulator/README.md`)
 * over real HTTP. Nothing about it is special: an SMS provider's adapter has the same shape.
 */
export function simulatorAdapter(
  carrierUrl: CarrierUrl,
  patience: Patience = patienceOfUs,
): ChannelAdapter {
  const line = (settings: ChannelSettings): Line => ({
    ...settingsSchema.parse(settings),
    ...patience,
    baseUrl: carrierUrl(),
  });
  return {
    kind: "simulator",
    capabilities: {
      medium: "sms",
      addressKind: "phone",
      textCharactersMax: 1_600,
      attachmentsMax: limits.attachmentsPerMessageMax,
      attachmentBytesMax: limits.attachmentBytesMax,
      hasSegments: true,
      hasSubject: false,
      windowMs: null,
      reportsRead: true,
    },
    answer: { mediaType: "application/json", body: '{"received":true}' },
    isGenuine,
    read,
    send: (settings, message) => sendMessage(line(settings), message),
    lookUp: (settings, { reference }) => lookUp(line(settings), reference),
    fetchMedia: (settings, url, signal) => fetchMedia(line(settings), url, signal),
  };
}

/** An account with the carrier, and where and how long to ask. */
interface Line extends Patience, z.output<typeof settingsSchema> {
  readonly baseUrl: string;
}

function isGenuine(settings: ChannelSettings, delivery: RawDelivery, now: number): boolean {
  const { signingSecret } = settingsSchema.parse(settings);
  const timestamp = delivery.headers["x-carrier-timestamp"] ?? "";
  if (!/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(now / 1000 - Number(timestamp)) > signatureAgeSecondsMax) return false;
  const mac = createHmac("sha256", signingSecret)
    .update(`${timestamp}.`)
    .update(delivery.body)
    .digest("hex");
  const [given, expected] = [
    Buffer.from(delivery.headers["x-carrier-signature"] ?? ""),
    Buffer.from(`v1=${mac}`),
  ];
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function read(delivery: RawDelivery): Understood {
  const body = parse(delivery.body);
  if (delivery.kind === "inbound") {
    const { id, from, text, media, sentAt } = check(received, body);
    const rest = { to: null, media, word: null };
    return { kind: "message", providerId: id, from, text, occurredAt: sentAt, ...rest };
  }
  const { id, reference, status, error } = check(reported, body);
  const failure = status === "failed" ? (failures[error?.code ?? ""] ?? "unknown") : null;
  return { kind: "status", providerId: id, reference, state: status, failure };
}

function parse(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
  } catch {
    throw new Unreadable("malformed");
  }
}

function check<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new Unreadable("malformed");
  return parsed.data;
}

async function sendMessage(line: Line, message: OutboundMessage): Promise<SendOutcome> {
  const { baseUrl, address, apiKey } = line;
  const { to, text, reference, media } = message;
  try {
    const response = await fetch(`${baseUrl}/v1/messages`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${apiKey}`,
        "content-type": "application/json",
        "idempotency-key": reference,
      },
      body: JSON.stringify({ from: address, to, text, media, reference }),
      // The key goes to the carrier and to nobody that it names.
      redirect: "manual",
      signal: AbortSignal.timeout(line.sendTimeoutMs),
    });
    return await outcomeOf(response);
  } catch (error) {
    // Only a connection that never stood is proof that nothing was taken.
    return isRefusedConnection(error) ? { kind: "not_taken" } : { kind: "uncertain" };
  }
}

async function outcomeOf(response: Response): Promise<SendOutcome> {
  const body = await answerOf(response).catch(() => undefined);
  if (response.ok) {
    const answer = accepted.safeParse(body);
    return answer.success
      ? { kind: "accepted", providerId: answer.data.id }
      : { kind: "uncertain" };
  }
  if (response.status === 429 || response.status === 503) {
    return { kind: "not_taken", afterMs: afterMsOf(response) };
  }
  // A redirect says nothing of what became of the message either.
  if (response.status < 400 || response.status >= 500) return { kind: "uncertain" };
  const answer = refused.safeParse(body);
  const providerCode = answer.success ? answer.data.error.code : null;
  const failure = failures[providerCode ?? ""] ?? "refused_by_carrier";
  return { kind: "refused", failure, providerCode };
}

/** `retry-after` in seconds (RFC 9110 §10.2.3); a date, or anything else, counts as the least. */
function afterMsOf(response: Response): number {
  const seconds = Number(response.headers.get("retry-after"));
  const wantedMs = Number.isFinite(seconds) ? seconds * 1000 : 0;
  return Math.min(Math.max(wantedMs, retryAfterMsMin), retryAfterMsMax);
}

/** @throws Error for an answer that is not JSON, or too long to be one */
async function answerOf(response: Response): Promise<unknown> {
  const body = await readBounded(response, answerBytesMax);
  if (body === undefined) throw new Error("The carrier's answer is too long");
  return JSON.parse(body.toString());
}

/** Undefined for what is longer; it is not read to its end. */
async function readBounded(response: Response, bytesMax: number): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > bytesMax) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function isRefusedConnection(error: unknown): boolean {
  const { cause } = error as { cause?: { code?: string } };
  return cause?.code === "ECONNREFUSED" || cause?.code === "ENOTFOUND";
}

async function lookUp(line: Line, reference: EntryId): Promise<LookUpOutcome> {
  const { baseUrl, apiKey } = line;
  try {
    const response = await fetch(`${baseUrl}/v1/messages?reference=${reference}`, {
      headers: { authorization: `Bearer ${apiKey}` },
      redirect: "manual",
      signal: AbortSignal.timeout(line.lookUpTimeoutMs),
    });
    if (!response.ok) return { kind: "no_answer" };
    const { messages } = found.parse(await answerOf(response));
    const message = messages.find((candidate) => candidate.reference === reference);
    if (!message) return { kind: "not_found" };
    return { kind: "found", providerId: message.id, state: stateOf(message.status) };
  } catch {
    return { kind: "no_answer" };
  }
}

function stateOf(status: string): "sent" | "delivered" | "read" | "failed" {
  return status === "delivered" || status === "read" || status === "failed" ? status : "sent";
}

/** The key goes to the carrier's own media, and nowhere else: whatever a delivery says. */
async function fetchMedia(
  { baseUrl, apiKey }: Line,
  given: string,
  signal: AbortSignal,
): Promise<FetchedMedia> {
  const below = `${baseUrl}/v1/media/`;
  const url = URL.parse(given, `${baseUrl}/`)?.href ?? "";
  if (!url.startsWith(below) || !/^[\w-]{1,200}$/.test(url.slice(below.length))) {
    return { kind: "gone" };
  }
  try {
    const headers = { authorization: `Bearer ${apiKey}` };
    const response = await fetch(url, { headers, redirect: "manual", signal });
    if (response.ok) {
      const bytes = await readBounded(response, limits.attachmentBytesMax);
      return bytes === undefined ? { kind: "gone" } : { kind: "got", bytes };
    }
    await response.body?.cancel();
    const isForGood = response.status < 500 && response.status !== 429;
    return { kind: isForGood ? "gone" : "later" };
  } catch {
    return { kind: "later" };
  }
}
