/** Foyer as it is, on a given store, with a hotel in it: the program that is measured. */
import { randomBytes, randomUUID } from "node:crypto";
import { join } from "node:path";
import type {
  AgentId,
  ChannelId,
  PropertyId,
  TenantId,
} from "../../packages/contract/src/index.ts";
import { createApp } from "../../packages/server/src/main/app.ts";
import { type Assembly, assemble } from "../../packages/server/src/main/assemble.ts";
import { createChannel } from "../../packages/server/src/modules/channels/index.ts";
import { createAgent, createProperty } from "../../packages/server/src/modules/tenancy/index.ts";
import { openFileBlobStore } from "../../packages/server/src/platform/blobs/file-blob-store.ts";
import { openKeyFile } from "../../packages/server/src/platform/keys/key-file.ts";
import { createLog } from "../../packages/server/src/platform/log.ts";
import { openFts5SearchEngine } from "../../packages/server/src/platform/search/fts5/engine.ts";
import { migrate } from "../../packages/server/src/platform/store/index.ts";
import { openStoreAt } from "./open-store.ts";
import type { House, HouseSetting } from "./setting.ts";

/** Loopback's port for discarding: nobody listens. */
const nowhere = "http://127.0.0.1:9";
const dayMs = 24 * 60 * 60 * 1000;

const answers = { indexLag, sizes };
type Question = keyof typeof answers;

const { store, folder }: HouseSetting = JSON.parse(process.argv[2] ?? "");
const clock = { now: () => Date.now(), monotonic: () => Math.trunc(performance.now()) };
const keys = await openKeyFile({ folder: join(folder, "keys"), clock, ifMissing: "create" });
const searchEngine = openFts5SearchEngine(join(folder, "search.db"));
const assembly = await assemble({
  engine: openStoreAt(store),
  keys,
  searchEngine,
  clock,
  log: createLog("error"),
  sessionLimits: { idleMs: dayMs, absoluteMs: dayMs },
  blobs: openFileBlobStore(join(folder, "blobs")),
  publicOrigin: () => nowhere,
  filesOrigin: () => nowhere,
  // Nobody answers guests here, so nothing is ever sent.
  twilioApiUrl: nowhere,
  simulatorUrl: () => nowhere,
});
await migrate(assembly.engine, assembly.migrations);
const hotel = await furnish(assembly);
const app = await createApp(assembly, ["api", "services"], {
  trustedProxies: [],
  stopping: new AbortController().signal,
});
const url = await app.listen({ host: "127.0.0.1", port: 0 });
if (searchEngine.rebuild !== null) searchEngine.markFilled();
assembly.runner.start();
assembly.indexer.start();
process.on("message", async (question) => process.send?.(await answers[question as Question]()));
process.on("disconnect", () => process.exit(0));
process.send?.({ url, ...hotel } satisfies House);

/** How long the index needs until it has read everything that was said, in ms. */
async function indexLag(): Promise<number> {
  const startedAt = performance.now();
  await assembly.indexer.catchUp();
  return performance.now() - startedAt;
}

/** How long the ciphertexts of a text are on average, for the floor to write as long ones. */
async function sizes(): Promise<Record<string, number>> {
  const length = async (table: string, column: string) => {
    const sql = `select cast(avg(length(${column})) as signed) as bytes from ${table}`;
    const { rows } = await assembly.engine.reader.run(sql, [], "bench.sizes");
    return Number(rows[0]?.["bytes"] ?? 0);
  };
  return {
    "delivery.body": await length("delivery", "body"),
    "timeline_entry.body": await length("timeline_entry", "body"),
  };
}

/** A tenant with one property, one channel and one agent, by the functions that serve everybody. */
async function furnish({ provisionTenant, directory }: Assembly): Promise<Omit<House, "url">> {
  const tenantId = randomUUID() as TenantId;
  const scope = await provisionTenant({ id: tenantId, name: "Bench", kind: "real" });
  const property = { name: "Bench Hotel", timeZone: "Europe/Paris", country: "FR" };
  const propertyId = await scope.transact((unit) =>
    createProperty(unit, { id: randomUUID() as PropertyId, ...property }),
  );
  const secret = () => randomBytes(24).toString("base64url");
  const [channelKey, signingSecret, apiKey, password] = [secret(), secret(), secret(), secret()];
  const hotelNumber = "+13125550199";
  const channelId = randomUUID() as ChannelId;
  await scope.transact((unit) =>
    createChannel(unit, directory, {
      id: channelId,
      propertyId,
      kind: "simulator",
      settings: { address: hotelNumber, apiKey, signingSecret },
      channelKey,
    }),
  );
  const email = "agent@bench.example";
  await createAgent(scope, directory, {
    id: randomUUID() as AgentId,
    name: "Agent",
    email,
    password,
    role: "agent",
    propertyIds: [propertyId],
  });
  return {
    tenantId,
    propertyId,
    channelId,
    hotelNumber,
    channelKey,
    signingSecret,
    email,
    password,
  };
}
