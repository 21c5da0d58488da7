/** An agent's screen that follows the property, and says how long texts took to get there. */
import { readStreamEvent } from "../../packages/client/src/index.ts";
import type { Sent } from "./load.ts";
import type { House } from "./setting.ts";

/** A text that has not come by then will not come. */
const arrivesWithinMs = 30_000;

export class Screen {
  readonly #cut = new AbortController();
  /** By guest, in the order of sending. */
  readonly #awaited = new Map<number, Sent[]>();
  #delays: number[] = [];
  #open = 0;
  #ended: Promise<void> = Promise.resolve();

  /** Signs in and follows; resolves when the stream is open. */
  static async open(house: House): Promise<Screen> {
    const screen = new Screen();
    const cookie = await signIn(house);
    const path = `/v1/properties/${house.propertyId}/stream`;
    const { signal } = screen.#cut;
    const response = await fetch(house.url + path, { headers: { cookie }, signal });
    if (!response.ok || !response.body) throw new Error(`No stream: ${response.status}`);
    screen.#ended = screen.#read(response.body).catch(() => {});
    return screen;
  }

  await(sent: Sent): void {
    this.#open += 1;
    const line = this.#awaited.get(sent.guest);
    if (line) line.push(sent);
    else this.#awaited.set(sent.guest, [sent]);
  }

  /** The delays of all texts, in ms, once every one is on the screen; begins anew. */
  async delays(): Promise<readonly number[]> {
    const giveUpAt = performance.now() + arrivesWithinMs;
    while (this.#open > 0) {
      if (performance.now() > giveUpAt) throw new Error(`${this.#open} texts never arrived`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    const delays = this.#delays;
    this.#delays = [];
    return delays;
  }

  async close(): Promise<void> {
    this.#cut.abort();
    await this.#ended;
  }

  async #read(body: ReadableStream<Uint8Array>): Promise<void> {
    let rest = "";
    const decoder = new TextDecoder();
    for await (const chunk of body) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) if (line.startsWith("data:")) this.#take(line.slice(5));
    }
  }

  /** What a conversation's newest text says vouches for all before it of that guest. */
  #take(data: string): void {
    const event = readStreamEvent(data);
    if (event?.type !== "conversation.changed") return;
    const { title, preview } = event.conversation;
    const guest = Number(title.replaceAll(/\D/g, "").slice(-3));
    const number = Number(/^(\d+):/.exec(preview?.text ?? "")?.[1]);
    const line = this.#awaited.get(guest);
    const now = performance.now();
    while (line?.[0] && line[0].number <= number) {
      const [{ at }] = line.splice(0, 1) as [Sent];
      this.#delays.push(now - at);
      this.#open -= 1;
    }
  }
}

async function signIn({ url, email, password }: House): Promise<string> {
  const response = await fetch(`${url}/v1/session`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: url },
    body: JSON.stringify({ email, password }),
  });
  if (!response.ok) throw new Error(`The agent cannot sign in: ${await response.text()}`);
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}
