import { z } from "zod";
import type { LookUpOutcome, OutboundMessage, SendOutcome, SoughtMessage } from "../../ports.ts";
import { authorizationOf, type TwilioAccount } from "./account.ts";
import { failureOfAnswer, failureOfReport } from "./failures.ts";

/** What the provider says of when to come back is believed between these. */
const retryAfterMsMin = 1_000;
const retryAfterMsMax = 5 * 60_000;
/** An answer is a kilobyte or two; a page of a look-up is far below this. */
const answerBytesMax = 262_144;
/** A guest is texted far less often between a message's writing and its look-up. */
const lookUpPageItems = 50;
/** Their clock may be behind ours by so much. */
const clockBehindMs = 5 * 60_000;

/** An account, where its API is, and how long an answer may take. */
export interface TwilioLine {
  readonly account: TwilioAccount;
  readonly baseUrl: string;
  /** Where reports go, with our id of the message; null where the provider cannot reach us. */
  readonly statusUrl: ((reference: string) => string) | null;
  readonly sendTimeoutMs: number;
  readonly lookUpTimeoutMs: number;
}

const taken = z.object({ sid: z.string().min(1).max(64) });
const refused = z.object({ code: z.int().nullish() });
const page = z.object({
  messages: z.array(
    z.object({
      sid: z.string(),
      from: z.string().nullish(),
      to: z.string().nullish(),
      body: z.string().nullish(),
      direction: z.string().nullish(),
      status: z.string(),
      date_created: z.string().nullish(),
      error_code: z.int().nullish(),
    }),
  ),
  next_page_uri: z.string().nullish(),
});

/** Asks the provider to send. Twilio knows no idempotency key: what is uncertain stays so. */
export async function sendMessage(
  line: TwilioLine,
  message: OutboundMessage,
): Promise<SendOutcome> {
  try {
    const response = await fetch(messagesUrl(line), {
      method: "POST",
      headers: { authorization: authorizationOf(line.account) },
      body: formOf(line, message),
      // The token goes to the provider and to nobody that it names.
      redirect: "manual",
      signal: AbortSignal.timeout(line.sendTimeoutMs),
    });
    return await outcomeOf(response);
  } catch (error) {
    return neverStood(error) ? { kind: "not_taken" } : { kind: "uncertain" };
  }
}

function messagesUrl({ account, baseUrl }: TwilioLine): string {
  return `${baseUrl}/2010-04-01/Accounts/${encodeURIComponent(account.accountSid)}/Messages.json`;
}

function formOf({ account, statusUrl }: TwilioLine, message: OutboundMessage): URLSearchParams {
  const form = new URLSearchParams({ From: account.address, To: message.to });
  // A picture alone has no body; an empty one would be refused.
  if (message.text !== "") form.set("Body", message.text);
  for (const { url } of message.media) form.append("MediaUrl", url);
  if (statusUrl) form.set("StatusCallback", statusUrl(message.reference));
  return form;
}

async function outcomeOf(response: Response): Promise<SendOutcome> {
  const body = await answerOf(response).catch(() => undefined);
  if (response.ok) {
    const answer = taken.safeParse(body);
    return answer.success
      ? { kind: "accepted", providerId: answer.data.sid }
      : { kind: "uncertain" };
  }
  if (response.status === 429) return { kind: "not_taken", afterMs: afterMsOf(response) };
  // A redirect, a time-out of theirs and a failure say nothing of what became of the message.
  const isRefusal = response.status >= 400 && response.status < 500 && response.status !== 408;
  if (!isRefusal) return { kind: "uncertain" };
  const code = refused.safeParse(body).data?.code ?? undefined;
  return {
    kind: "refused",
    failure: failureOfAnswer(response.status, code),
    providerCode: code === undefined ? null : String(code),
  };
}

/** `Retry-After` in seconds (RFC 9110 §10.2.3); a date, or anything else, counts as the least. */
function afterMsOf(response: Response): number {
  const seconds = Number(response.headers.get("retry-after"));
  const wantedMs = Number.isFinite(seconds) ? seconds * 1000 : 0;
  return Math.min(Math.max(wantedMs, retryAfterMsMin), retryAfterMsMax);
}

/**
 * Looks for a message among those sent to the guest since it was written. It is ours if it says
 * the same, no other message of ours is known under its id, there is no second one like it, and
 * none of ours whose id is not known yet says the same.
 */
export async function lookUpMessage(
  line: TwilioLine,
  sought: SoughtMessage,
): Promise<LookUpOutcome> {
  try {
    const response = await fetch(lookUpUrl(line, sought), {
      headers: { authorization: authorizationOf(line.account) },
      redirect: "manual",
      signal: AbortSignal.timeout(line.lookUpTimeoutMs),
    });
    if (!response.ok) return { kind: "no_answer" };
    const { messages, next_page_uri: next } = page.parse(await answerOf(response));
    // There are more than we read: that one of them is ours alone cannot be said.
    if (next) return { kind: "no_answer" };
    return await onlyMatch(messages, line, sought);
  } catch {
    return { kind: "no_answer" };
  }
}

function lookUpUrl(line: TwilioLine, sought: SoughtMessage): string {
  const since = new Date(sought.writtenAt - clockBehindMs).toISOString();
  const query = new URLSearchParams({
    From: line.account.address,
    To: sought.to,
    "DateSent>": since.replace(/\.\d+Z$/, "Z"),
    PageSize: String(lookUpPageItems),
  });
  return `${messagesUrl(line)}?${query}`;
}

async function onlyMatch(
  messages: z.output<typeof page>["messages"],
  { account }: TwilioLine,
  sought: SoughtMessage,
): Promise<LookUpOutcome> {
  const since = sought.writtenAt - clockBehindMs;
  const alike = messages.filter(
    (message) =>
      message.from === account.address &&
      message.to === sought.to &&
      (message.body ?? "") === sought.text &&
      !message.direction?.startsWith("inbound") &&
      // A time that is none is no proof of another time.
      !(Date.parse(message.date_created ?? "") < since),
  );
  if (await sought.hasTwin()) return { kind: "not_found" };
  const unknown = [];
  for (const message of alike) if (!(await sought.isKnown(message.sid))) unknown.push(message);
  const [only, ...others] = unknown;
  if (!only || others.length > 0) return { kind: "not_found" };
  return { kind: "found", providerId: only.sid, ...stateOf(only.status, only.error_code) };
}

function stateOf(status: string, code: number | null | undefined) {
  if (status === "delivered" || status === "read") return { state: status } as const;
  const isFailed = ["failed", "undelivered", "canceled"].includes(status);
  if (!isFailed) return { state: "sent" } as const;
  return { state: "failed", failure: failureOfReport(String(code ?? "")) } as const;
}

/** @throws Error for an answer that is not JSON, or too long to be one */
async function answerOf(response: Response): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > answerBytesMax) throw new Error("The provider's answer is too long");
    chunks.push(chunk);
  }
  return JSON.parse(Buffer.concat(chunks).toString());
}

/** What fails before a connection stands: the only proof that nothing was taken. */
const beforeConnection = [
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ENETUNREACH",
  "EHOSTUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
];

function neverStood(error: unknown): boolean {
  const { cause } = error as { cause?: { code?: string } };
  return beforeConnection.includes(cause?.code ?? "");
}
