import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import { describe, test } from "node:test";
import type { ListenerConfiguration } from "../configuration.ts";
import { filesProbes, findPortHolder, listenerProbes } from "./check-listener.ts";
import { examine } from "./examine.ts";

const listener: ListenerConfiguration = {
  host: "127.0.0.1",
  port: 0,
  publicUrl: "http://127.0.0.1:0",
  publicUrlGiven: false,
  tls: undefined,
  trustedProxies: [],
};

/** Serves every request with one status while `look` runs, given the listener it stands for. */
async function withServer(
  status: number,
  look: (listener: ListenerConfiguration) => Promise<void>,
): Promise<void> {
  const server: Server = createServer((_, response) => response.writeHead(status).end());
  await new Promise<void>((resolve) => server.listen(0, listener.host, resolve));
  const address = server.address();
  assert.ok(typeof address === "object" && address !== null);
  try {
    await look({ ...listener, port: address.port });
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}

describe("doctor finds of the port", () => {
  test("that Foyer answers there already", () =>
    withServer(200, async (taken) => {
      assert.equal(await findPortHolder(taken), "foyer");
      const [, port] = await examine(listenerProbes(taken));
      assert.deepEqual([port?.state, port?.says], ["good", `Foyer answers on ${taken.port}`]);
    }));

  test("that another program has it", () =>
    withServer(404, async (taken) => {
      assert.equal(await findPortHolder(taken), "stranger");
      const [, port] = await examine(listenerProbes(taken));
      assert.equal(port?.state, "bad");
    }));

  test("that it is free once nobody listens", async () => {
    const freed: ListenerConfiguration[] = [];
    await withServer(200, async (taken) => void freed.push(taken));
    for (const free of freed) assert.equal(await findPortHolder(free), "nobody");
  });

  test("that the machine has no such address", async () => {
    assert.equal(await findPortHolder({ ...listener, host: "192.0.2.1", port: 1 }), "forbidden");
  });
});

describe("doctor finds of the files", () => {
  const look = (publicUrl: string, origin: string, port = 0) =>
    examine(
      filesProbes({ ...listener, publicUrl }, { folder: "", port, origin, originGiven: true }),
    );

  test("that their port is taken, and which setting gives another", () =>
    withServer(404, async ({ port }) => {
      const [found] = await look("http://127.0.0.1:1", "http://127.0.0.1:2", port);
      assert.equal(found?.state, "bad");
      assert.match(found?.mend ?? "", /FILES_PORT/);
    }));

  test("whether they have a host of their own", async () => {
    const state = async (publicUrl: string, origin: string) =>
      (await look(publicUrl, origin))[1]?.state;
    assert.equal(await state("https://inbox.example", "https://files.example"), "good");
    assert.equal(await state("https://inbox.example", "https://inbox.example:4001"), "warning");
    assert.equal(await state("http://127.0.0.1:4000", "http://127.0.0.1:4001"), "good");
  });
});

describe("doctor finds of the listener", () => {
  async function guard(parts: Partial<ListenerConfiguration>): Promise<string> {
    const [found] = await examine(listenerProbes({ ...listener, ...parts }).slice(0, 1));
    return `${found?.state}: ${found?.says}`;
  }

  test("how it is guarded, or that it is not", async () => {
    const tls = { certificateFile: "c", keyFile: "k" };
    assert.match(await guard({}), /good: is reachable from this machine only/);
    assert.match(await guard({ host: "0.0.0.0", tls }), /good: speaks TLS/);
    assert.match(await guard({ host: "::", trustedProxies: ["10.0.0.1"] }), /proxies 10\.0\.0\.1/);
    assert.match(await guard({ host: "0.0.0.0" }), /bad: speaks HTTP/);
  });
});
