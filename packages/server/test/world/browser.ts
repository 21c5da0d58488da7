import { type Client, createClient, urlOf } from "@foyer/client";
import { type Operation, type OperationInput, operations, type Session } from "@foyer/contract";
import { png } from "./files.ts";
import { Following } from "./following.ts";

/** What a browser holds of one server: a session's cookie and its anti-forgery token. */
export class Browser {
  readonly client: Client;
  readonly #baseUrl: string;
  #cookie: string | undefined;
  #csrfToken: string | undefined;

  constructor(baseUrl: string) {
    this.#baseUrl = baseUrl;
    this.client = createClient({
      baseUrl,
      fetch: (url, init) => this.#fetch(String(url), init),
      headers: () => this.#csrfHeader(),
    });
  }

  /** The session's cookie as it would be sent, `name=token`. */
  get cookie(): string | undefined {
    return this.#cookie;
  }

  get csrfToken(): string | undefined {
    return this.#csrfToken;
  }

  /** A second browser that holds the same session. */
  copy(): Browser {
    const other = new Browser(this.#baseUrl);
    other.#cookie = this.#cookie;
    other.#csrfToken = this.#csrfToken;
    return other;
  }

  /** Takes up a session that was just begun. */
  hold({ csrfToken }: Session): void {
    this.#csrfToken = csrfToken;
  }

  /** An answer as it came, whatever its status; headers given here win. */
  async send(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = { ...this.#csrfHeader(), ...(init.headers as Record<string, string>) };
    return this.#fetch(this.#baseUrl + path, { ...init, headers });
  }

  /** Performs an operation and gives the answer as it came. */
  async perform<O extends Operation>(
    operation: O,
    input: OperationInput<O>,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const given = input as Record<string, unknown>;
    const fields = Object.keys(operation.body?.shape ?? {}).filter((name) => name in given);
    const body = JSON.stringify(Object.fromEntries(fields.map((name) => [name, given[name]])));
    if (operation.kind === "upload") return this.#upload(operation, given, headers);
    return this.send(urlOf(operation, given), {
      method: operation.method,
      headers: { ...(operation.body ? { "content-type": "application/json" } : {}), ...headers },
      ...(operation.body ? { body } : {}),
    });
  }

  /** An upload's file is the same small picture, whoever hands it in. */
  #upload(operation: Operation, input: Record<string, unknown>, headers: Record<string, string>) {
    const { method } = operation;
    return this.send(urlOf(operation, input), { method, headers, body: png() });
  }

  /** Opens the stream of a property. */
  async follow(
    input: OperationInput<typeof operations.followProperty>,
    lastEventId?: string,
  ): Promise<Following> {
    const abort = new AbortController();
    const response = await this.send(urlOf(operations.followProperty, { ...input }), {
      headers: lastEventId === undefined ? {} : { "last-event-id": lastEventId },
      signal: abort.signal,
    });
    return new Following(response, abort);
  }

  #csrfHeader(): Record<string, string> {
    return this.#csrfToken === undefined ? {} : { "x-foyer-csrf": this.#csrfToken };
  }

  async #fetch(url: string, init: RequestInit = {}): Promise<Response> {
    const cookie: Record<string, string> = this.#cookie ? { cookie: this.#cookie } : {};
    const headers = { ...cookie, ...(init.headers as Record<string, string>) };
    const response = await fetch(url, { ...init, headers, redirect: "manual" });
    for (const line of response.headers.getSetCookie()) this.#keep(line);
    return response;
  }

  #keep(setCookie: string): void {
    const [pair = ""] = setCookie.split(";");
    this.#cookie = pair.endsWith("=") ? undefined : pair;
  }
}
