const timeoutMs = 10_000;
const uploadTimeoutMs = 30_000;

/** What the carrier answered no with: its code, for the page to put words to. */
export class Refused extends Error {
  readonly code: string;

  constructor(code: string) {
    super(`The carrier refused: ${code}.`);
    this.code = code;
  }
}

/**
 * Posts to the carrier.
 *
 * @throws Refused with its code; any other error where there was no answer.
 */
export async function post(path: string, body: unknown): Promise<Response> {
  const headers = { "content-type": "application/json" };
  return send(path, { headers, body: JSON.stringify(body) }, timeoutMs);
}

/** Hands the carrier a picture; answers its id. */
export async function upload(picture: Blob): Promise<string> {
  const headers = { "content-type": picture.type };
  const response = await send("media", { headers, body: picture }, uploadTimeoutMs);
  const { id } = await response.json();
  return String(id);
}

async function send(path: string, request: RequestInit, limitMs: number): Promise<Response> {
  const signal = AbortSignal.timeout(limitMs);
  const response = await fetch(`phone/${path}`, { method: "POST", ...request, signal });
  if (response.ok) return response;
  const { error } = await response.json().catch(() => ({}));
  throw new Refused(String(error?.code ?? response.status));
}

/** For what the page shows anyway as soon as it has happened: the stream tells. */
export function tell(path: string, body: unknown): void {
  void post(path, body).catch(() => {});
}

/** Makes a text one text, however often it is posted. Works without a secure context too. */
export function makeToken(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
