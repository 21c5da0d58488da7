import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

const streamRequest = /^GET \/v1\/properties\/[^/ ]+\/stream/;

/** A line between browser and server that can be cut, and whose streams can be counted. */
export class CuttableProxy {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #streams = new Set<Socket>();
  readonly #targetPort: number;
  #isCut = false;
  #swallow: RegExp | undefined;

  /** Stands before a port of this machine. */
  static async before(targetPort: number): Promise<CuttableProxy> {
    const proxy = new CuttableProxy(targetPort);
    proxy.#server.listen(0, "127.0.0.1");
    await once(proxy.#server, "listening");
    return proxy;
  }

  private constructor(targetPort: number) {
    this.#targetPort = targetPort;
    this.#server = createServer((browser) => this.#join(browser));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** How many streams of server-sent events are open. */
  get streams(): number {
    return this.#streams.size;
  }

  /** Breaks every connection, and from now on every attempt at one. */
  cut(): void {
    this.#isCut = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  mend(): void {
    this.#isCut = false;
  }

  /** The next request that matches reaches the server; its answer reaches nobody. */
  swallowNextAnswerTo(request: RegExp): void {
    this.#swallow = request;
  }

  get hasSwallowed(): boolean {
    return this.#swallow === undefined;
  }

  async close(): Promise<void> {
    this.cut();
    this.#server.close();
    await once(this.#server, "close");
  }

  #join(browser: Socket): void {
    this.#keep(browser);
    if (this.#isCut) {
      browser.destroy();
      return;
    }
    const server = this.#keep(connect(this.#targetPort, "127.0.0.1"));
    let swallowing: RegExp | undefined;
    browser.on("data", (chunk) => {
      const head = chunk.toString("latin1", 0, 400);
      if (streamRequest.test(head)) this.#streams.add(browser);
      if (this.#swallow?.test(head)) swallowing = this.#swallow;
      server.write(chunk);
    });
    server.on("data", (chunk) => {
      if (!swallowing) {
        browser.write(chunk);
        return;
      }
      this.#swallow = undefined;
      browser.destroy();
    });
    browser.on("close", () => server.destroy());
    server.on("close", () => browser.destroy());
  }

  #keep(socket: Socket): Socket {
    this.#sockets.add(socket);
    // A cut is what this is for: its error is no news.
    socket.on("error", () => socket.destroy());
    socket.on("close", () => {
      this.#sockets.delete(socket);
      this.#streams.delete(socket);
    });
    return socket;
  }
}
