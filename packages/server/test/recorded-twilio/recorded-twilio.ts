import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text as readText } from "node:stream/consumers";
import { MediaHost } from "./media-host.ts";
import {
  errorResource,
  messageResource,
  mintSid,
  pageResource,
  type RecordedMessage,
} from "./resources.ts";
import { formRequest, type Posted } from "./webhook-request.ts";

/** How the next request for a message goes wrong. */
export type RecordedFault =
  | "rate_limited"
  | "failed"
  /** The message is taken, and nothing is ever answered. */
  | "silent"
  /** The message is taken, and the line is cut before its answer. */
  | "answer_lost";

/** A number as its owner set it up. */
export interface RecordedNumber {
  readonly accountSid: string;
  authToken: string;
  readonly number: string;
  inboundUrl: string;
}

export interface RecordedOptions {
  /** The time under which messages are kept. */
  readonly now: () => number;
  /** Where a called address really is: the proxy before a server. */
  readonly forward?: (url: string) => string;
}

const retryAfterSeconds = 2;
const faultCodes: Partial<Record<RecordedFault, number>> = { rate_limited: 20429, failed: 20500 };
const messagesPath = /^\/2010-04-01\/Accounts\/(AC[0-9a-f]{32})\/Messages\.json$/;
const mediaPath = /^\/2010-04-01\/Accounts\/(AC[0-9a-f]{32})\/Messages\/\w+\/Media\/(ME\w+)$/;

/**
 * Stands for Twilio's API and for what calls webhooks: it answers in the documented shapes, takes
 * and refuses messages, and posts what guests write and what became of messages, signed by
 * Twilio's own library. It does nothing by itself, so that a test says what comes, and when.
 */
export class RecordedTwilio {
  readonly url: string;
  readonly messages: RecordedMessage[] = [];
  readonly mediaHost: MediaHost;
  readonly #server: Server;
  readonly #options: RecordedOptions;
  readonly #numbers: RecordedNumber[] = [];
  readonly #faults: RecordedFault[] = [];
  readonly #refusals = new Map<string, number>();
  readonly #media = new Map<string, string | number>();

  private constructor(server: Server, mediaHost: MediaHost, options: RecordedOptions) {
    this.#server = server;
    this.#options = options;
    this.mediaHost = mediaHost;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on("request", (request, response) => void this.#answer(request, response));
  }

  static async open(options: RecordedOptions): Promise<RecordedTwilio> {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    return new RecordedTwilio(server, await MediaHost.open(), options);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
    await this.mediaHost.close();
  }

  /** Registers a number under its account. */
  own(number: RecordedNumber): RecordedNumber {
    this.#numbers.push(number);
    return number;
  }

  fail(fault: RecordedFault): void {
    this.#faults.push(fault);
  }

  /** From here on messages to a number are answered with an error; `undefined`: no longer. */
  refuse(to: string, code: number | undefined): void {
    if (code === undefined) this.#refusals.delete(to);
    else this.#refusals.set(to, code);
  }

  /** Messages to a guest, oldest first. */
  sentTo(to: string): readonly RecordedMessage[] {
    return this.messages.filter((message) => message.to === to);
  }

  /** Says what became of a message; the answer is what the webhook gave back. */
  async report(message: RecordedMessage, status: string, errorCode?: number): Promise<Response> {
    const { sid, accountSid, from, to, statusCallback } = message;
    if (statusCallback === null) throw new Error("Nobody asked to be told");
    message.status = status;
    message.errorCode = errorCode ?? null;
    return this.#post(this.#ownerOf(from), {
      url: statusCallback,
      parameters: {
        MessageSid: sid,
        SmsSid: sid,
        AccountSid: accountSid,
        From: from,
        To: to,
        MessageStatus: status,
        SmsStatus: status,
        ApiVersion: "2010-04-01",
        ...(errorCode === undefined ? {} : { ErrorCode: String(errorCode) }),
      },
    });
  }

  /** A guest's message to a number of ours. */
  arrival(from: string, to: string, body: string, extra: Record<string, string> = {}): Posted {
    const { accountSid, inboundUrl: url } = this.#ownerOf(to);
    const sid = mintSid("NumMedia" in extra ? "MM" : "SM");
    const parameters = {
      ToCountry: "US",
      MessageSid: sid,
      SmsMessageSid: sid,
      SmsSid: sid,
      SmsStatus: "received",
      AccountSid: accountSid,
      From: from,
      To: to,
      Body: body,
      NumMedia: "0",
      NumSegments: "1",
      ApiVersion: "2010-04-01",
      ...extra,
    };
    return { url, parameters };
  }

  /** Brings an arrival to the webhook of the number that it is for. */
  bring(posted: Posted): Promise<Response> {
    return this.#post(this.#ownerOf(posted.parameters["To"] ?? ""), posted);
  }

  text(from: string, to: string, body: string, extra?: Record<string, string>): Promise<Response> {
    return this.bring(this.arrival(from, to, body, extra));
  }

  /** The address of a picture in a message: it leads on to where the file lies. */
  media(bytes: Uint8Array, { accountSid }: RecordedNumber, redirects = 0): string {
    const sid = mintSid("ME");
    this.#media.set(sid, this.mediaHost.keep(`/${sid}`, bytes, redirects));
    return this.#mediaUrl(accountSid, sid);
  }

  /** A picture that is answered with a status, or sent on to any address. */
  mediaThat(answers: string | number, { accountSid }: RecordedNumber): string {
    const sid = mintSid("ME");
    this.#media.set(sid, answers);
    return this.#mediaUrl(accountSid, sid);
  }

  #mediaUrl(accountSid: string, sid: string): string {
    return `${this.url}/2010-04-01/Accounts/${accountSid}/Messages/${mintSid("MM")}/Media/${sid}`;
  }

  #post({ authToken }: RecordedNumber, posted: Posted): Promise<Response> {
    const { url, ...request } = formRequest(authToken, posted);
    return fetch((this.#options.forward ?? ((same) => same))(url), request);
  }

  #ownerOf(number: string): RecordedNumber {
    const found = this.#numbers.find((one) => one.number === number);
    if (!found) throw new Error("Nobody has this number");
    return found;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? "", this.url);
    const [, accountSid = ""] = messagesPath.exec(pathname) ?? mediaPath.exec(pathname) ?? [];
    const body = await readText(request).catch(() => "");
    const media = mediaPath.exec(pathname)?.[2];
    if (!this.#mayEnter(request, accountSid)) error(response, 20003);
    else if (media !== undefined) this.#sendOn(response, media);
    else if (!messagesPath.test(pathname)) error(response, 20404);
    else if (request.method === "GET") this.#list(response, searchParams, pathname);
    else this.#create(response, accountSid, new URLSearchParams(body));
  }

  #mayEnter({ headers }: IncomingMessage, accountSid: string): boolean {
    const { authToken } = this.#numbers.find((one) => one.accountSid === accountSid) ?? {};
    const expected = Buffer.from(`${accountSid}:${authToken}`).toString("base64");
    return authToken !== undefined && headers.authorization === `Basic ${expected}`;
  }

  #create(response: ServerResponse, accountSid: string, form: URLSearchParams): void {
    const fault = this.#faults.shift();
    const code = faultCodes[fault ?? "silent"] ?? this.#refusalOf(accountSid, form);
    if (code !== undefined) {
      error(response, code);
      return;
    }
    const message = this.#take(accountSid, form);
    if (fault === "answer_lost") response.destroy();
    else if (fault !== "silent") {
      json(response, 201, messageResource({ ...message, status: "queued" }));
    }
  }

  #refusalOf(accountSid: string, form: URLSearchParams): number | undefined {
    const [from, to] = [form.get("From") ?? "", form.get("To") ?? ""];
    if (!/^\+[1-9]\d{6,14}$/.test(to)) return 21211;
    const owner = this.#numbers.find(({ number }) => number === from);
    if (owner?.accountSid !== accountSid) return 21606;
    const isEmpty = !form.has("Body") && !form.has("MediaUrl");
    if (isEmpty || form.get("Body") === "") return 21602;
    return this.#refusals.get(to);
  }

  /** What is taken is on its way at once: only the answer still says `queued`. */
  #take(accountSid: string, form: URLSearchParams): RecordedMessage {
    const mediaUrls = form.getAll("MediaUrl");
    const message = {
      sid: mintSid(mediaUrls.length > 0 ? "MM" : "SM"),
      accountSid,
      from: form.get("From") ?? "",
      to: form.get("To") ?? "",
      body: form.get("Body") ?? "",
      mediaUrls,
      statusCallback: form.get("StatusCallback"),
      createdAt: this.#options.now(),
      status: "sending",
      errorCode: null,
    };
    this.messages.push(message);
    return message;
  }

  #list(response: ServerResponse, query: URLSearchParams, path: string): void {
    const since = Date.parse(query.get("DateSent>") ?? "") || 0;
    const found = this.messages.filter(
      ({ from, to, createdAt }) =>
        from === (query.get("From") ?? from) &&
        to === (query.get("To") ?? to) &&
        createdAt >= since,
    );
    const pageSize = Number(query.get("PageSize") ?? 50);
    json(response, 200, pageResource(found.toReversed(), pageSize, path));
  }

  #sendOn(response: ServerResponse, media: string): void {
    const answer = this.#media.get(media) ?? 404;
    if (typeof answer === "number") response.writeHead(answer).end();
    else response.writeHead(307, { location: answer }).end();
  }
}

function error(response: ServerResponse, code: number): void {
  const resource = errorResource(code);
  const isTooMuch = resource.status === 429;
  const headers = isTooMuch ? { "retry-after": String(retryAfterSeconds) } : {};
  json(response, resource.status, resource, headers);
}

function json(
  response: ServerResponse,
  status: number,
  resource: object,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify(resource));
}
