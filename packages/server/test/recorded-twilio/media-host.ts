import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** Where the files of media lie: another host than the API's, which nobody's credentials reach. */
export class MediaHost {
  readonly url: string;
  /** What came in the place of credentials, per request. */
  readonly authorizations: (string | undefined)[] = [];
  readonly #server: Server;
  readonly #files = new Map<string, Uint8Array>();

  private constructor(server: Server) {
    this.#server = server;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on("request", (request, response) => this.#answer(request, response));
  }

  static async open(): Promise<MediaHost> {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    return new MediaHost(server);
  }

  /** Keeps a file; it is fetched over so many hosts' redirects. */
  keep(path: string, bytes: Uint8Array, redirects = 0): string {
    this.#files.set(path, bytes);
    return `${this.url}/${redirects}${path}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    this.authorizations.push(request.headers.authorization);
    const [, redirects = "0", path = ""] = /^\/(\d+)(\/.*)$/.exec(request.url ?? "") ?? [];
    const bytes = this.#files.get(path);
    if (Number(redirects) > 0) {
      response.writeHead(302, { location: `/${Number(redirects) - 1}${path}` }).end();
    } else if (bytes) {
      // What it says of its content is wrong on purpose: nobody may rely on it.
      response.writeHead(200, { "content-type": "text/html" }).end(bytes);
    } else response.writeHead(404).end();
  }
}
