const timeoutMs = 10_000;

/** Posts to the carrier; rejects unless it answered 2xx. */
export async function post(path: string, body: unknown): Promise<Response> {
  const response = await fetch(`phone/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (!response.ok) throw new Error(`The carrier answered ${response.status}.`);
  return response;
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
