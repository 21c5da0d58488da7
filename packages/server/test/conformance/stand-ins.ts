import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { StandIn } from "./channel-adapter-rig.ts";

/** Servers in a provider's place. */
export class StandIns {
  readonly #opened: Server[] = [];

  /** Gives the address of one that answers as it is told; without one, where nobody listens. */
  async listen(standIn: StandIn | undefined): Promise<string> {
    const server = createServer((request, response) => {
      // The request is read to its end: only then has the provider seen it.
      request.resume().on("end", () => standIn?.(request, response));
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    if (standIn) this.#opened.push(server);
    else await new Promise((resolve) => server.close(resolve));
    return `http://127.0.0.1:${port}`;
  }

  close(): void {
    for (const server of this.#opened) {
      server.closeAllConnections();
      server.close();
    }
  }
}
