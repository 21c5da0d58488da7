import assert from "node:assert/strict";
import { createSecretKey, type KeyObject, randomBytes, randomUUID } from "node:crypto";
import { describe, it } from "node:test";
import fc from "fast-check";
import {
  type KeyService,
  KeyServiceFault,
  type KeyServiceReason,
  type WrapContext,
} from "../../src/platform/keys/key-service.ts";

/** An engine under test: two views of the same keys, as two processes would have them. */
export interface OpenedKeyService {
  readonly service: KeyService;
  readonly otherProcess: KeyService;
  close(): Promise<void>;
}

/**
 * What every engine of the key service guarantees. An engine whose service answers over a network
 * runs it against the real one.
 */
export function describeKeyService(name: string, open: () => Promise<OpenedKeyService>): void {
  const withService = (test: (opened: OpenedKeyService) => Promise<void>) => async () => {
    const opened = await open();
    try {
      await test(opened);
    } finally {
      await opened.close();
    }
  };

  describe(`key service: ${name}`, () => {
    it(
      "a wrapped key comes back as it was, in every process",
      withService(async ({ service, otherProcess }) => {
        const { tenantId, context, key, wrapped } = await wrapOne(service);
        assert.ok(key.equals(await service.unwrap(tenantId, context, wrapped)));
        assert.ok(key.equals(await otherProcess.unwrap(tenantId, context, wrapped)));
      }),
    );
    it("a key wrapped twice gives different bytes", withService(wrapsAtRandom));
    it("a wrapped key opens for its own tenant and context only", withService(isBoundToContext));
    it("a wrapped key with any bit flipped does not open", withService(detectsFlippedBits));
    it("a tenant without a key is unknown, and no use makes one", withService(neverMakesKeys));
    it("a second key for a tenant is refused, and the first one stays", withService(keepsFirstKey));
    it("a destroyed key is refused in every process at once", withService(destroysForAll));
    it("a destroyed tenant's id is refused for good", withService(neverRevives));
    it(
      "destroying again changes nothing",
      withService(async ({ service, otherProcess }) => {
        const { tenantId } = await wrapOne(service);
        const first = await service.destroyTenantKey(tenantId);
        assert.deepEqual(await otherProcess.destroyTenantKey(tenantId), first);
        assert.ok(first.irrecoverableAt >= first.destroyedAt);
      }),
    );
    it(
      "destroying one tenant's key leaves the others'",
      withService(async ({ service }) => {
        const kept = await wrapOne(service);
        const gone = await wrapOne(service);
        await service.destroyTenantKey(gone.tenantId);
        assert.ok(kept.key.equals(await service.unwrap(kept.tenantId, kept.context, kept.wrapped)));
      }),
    );
    it("of two processes that make a tenant's key at once, one does", withService(makesOneKey));
    it("what is no id, no key or no purpose is refused", withService(refusesNonsense));
    it("no fault names a tenant", withService(namesNobody));
  });
}

interface Wrapped {
  tenantId: string;
  context: WrapContext;
  key: KeyObject;
  wrapped: Uint8Array;
}

async function wrapOne(service: KeyService): Promise<Wrapped> {
  const tenantId = randomUUID();
  const context = { dataKeyId: randomUUID(), purpose: "field" };
  const key = createSecretKey(randomBytes(32));
  await service.createTenantKey(tenantId);
  return { tenantId, context, key, wrapped: await service.wrap(tenantId, context, key) };
}

async function wrapsAtRandom({ service }: OpenedKeyService): Promise<void> {
  const { tenantId, context, key, wrapped } = await wrapOne(service);
  assert.notDeepEqual(await service.wrap(tenantId, context, key), wrapped);
}

async function isBoundToContext({ service }: OpenedKeyService): Promise<void> {
  const { tenantId, context, wrapped } = await wrapOne(service);
  const other = await wrapOne(service);
  const swaps: [string, WrapContext][] = [
    [other.tenantId, context],
    [tenantId, { ...context, dataKeyId: other.context.dataKeyId }],
    [tenantId, { ...context, purpose: "index" }],
  ];
  for (const [tenant, swapped] of swaps) {
    await fails("broken", () => service.unwrap(tenant, swapped, wrapped));
  }
}

async function detectsFlippedBits({ service }: OpenedKeyService): Promise<void> {
  const { tenantId, context, wrapped } = await wrapOne(service);
  const anyBit = fc.nat({ max: wrapped.byteLength * 8 - 1 });
  await fc.assert(
    fc.asyncProperty(anyBit, async (bit) => {
      const flipped = Uint8Array.from(wrapped);
      const at = bit >> 3;
      flipped[at] = (flipped[at] ?? 0) ^ (1 << (bit & 7));
      await fails("broken", () => service.unwrap(tenantId, context, flipped));
    }),
  );
  await fails("broken", () => service.unwrap(tenantId, context, wrapped.subarray(1)));
  await fails("broken", () => service.unwrap(tenantId, context, new Uint8Array(0)));
}

async function neverMakesKeys({ service }: OpenedKeyService): Promise<void> {
  const { context, key, wrapped } = await wrapOne(service);
  const tenantId = randomUUID();
  assert.equal(await service.describe(tenantId), "unknown");
  await fails("unknown", () => service.wrap(tenantId, context, key));
  await fails("unknown", () => service.unwrap(tenantId, context, wrapped));
  assert.equal(await service.describe(tenantId), "unknown");
}

async function keepsFirstKey({ service }: OpenedKeyService): Promise<void> {
  const { tenantId, context, key, wrapped } = await wrapOne(service);
  await fails("exists", () => service.createTenantKey(tenantId));
  assert.ok(key.equals(await service.unwrap(tenantId, context, wrapped)));
}

async function destroysForAll({ service, otherProcess }: OpenedKeyService): Promise<void> {
  const { tenantId, context, key, wrapped } = await wrapOne(service);
  await otherProcess.unwrap(tenantId, context, wrapped);
  await service.destroyTenantKey(tenantId);
  for (const view of [service, otherProcess]) {
    assert.equal(await view.describe(tenantId), "destroyed");
    await fails("destroyed", () => view.unwrap(tenantId, context, wrapped));
    await fails("destroyed", () => view.wrap(tenantId, context, key));
  }
}

async function neverRevives({ service, otherProcess }: OpenedKeyService): Promise<void> {
  const { tenantId } = await wrapOne(service);
  const neverMade = randomUUID();
  for (const id of [tenantId, neverMade]) {
    await service.destroyTenantKey(id);
    await fails("destroyed", () => service.createTenantKey(id));
    await fails("destroyed", () => otherProcess.createTenantKey(id));
    assert.equal(await service.describe(id), "destroyed");
  }
}

async function makesOneKey({ service, otherProcess }: OpenedKeyService): Promise<void> {
  const tenantId = randomUUID();
  const outcomes = await Promise.allSettled([
    service.createTenantKey(tenantId),
    otherProcess.createTenantKey(tenantId),
  ]);
  assert.deepEqual(outcomes.map((outcome) => outcome.status).toSorted(), ["fulfilled", "rejected"]);
  const context = { dataKeyId: randomUUID(), purpose: "field" };
  const key = createSecretKey(randomBytes(32));
  const wrapped = await service.wrap(tenantId, context, key);
  assert.ok(key.equals(await otherProcess.unwrap(tenantId, context, wrapped)));
}

async function refusesNonsense({ service }: OpenedKeyService): Promise<void> {
  const { tenantId, context, key } = await wrapOne(service);
  const upperCase = tenantId.toUpperCase();
  await assert.rejects(() => service.createTenantKey("tenant"), TypeError);
  await assert.rejects(() => service.destroyTenantKey(`${tenantId} `), TypeError);
  if (upperCase !== tenantId) await assert.rejects(() => service.describe(upperCase), TypeError);
  const noPurpose = { ...context, purpose: "" };
  await assert.rejects(() => service.wrap(tenantId, noPurpose, key), RangeError);
  const tooLong = createSecretKey(randomBytes(1025));
  await assert.rejects(() => service.wrap(tenantId, context, tooLong), RangeError);
}

async function namesNobody({ service }: OpenedKeyService): Promise<void> {
  const { tenantId, context, wrapped } = await wrapOne(service);
  await service.destroyTenantKey(tenantId);
  const attempts = [
    () => service.createTenantKey(tenantId),
    () => service.unwrap(tenantId, context, wrapped),
    () => service.createTenantKey(`${tenantId}-`),
  ];
  for (const attempt of attempts) {
    await assert.rejects(attempt, (error: Error) => {
      assert.ok(!`${error.stack}`.includes(tenantId));
      return true;
    });
  }
}

async function fails(reason: KeyServiceReason, attempt: () => Promise<unknown>): Promise<void> {
  await assert.rejects(attempt, (error) => {
    assert.ok(error instanceof KeyServiceFault);
    assert.equal(error.reason, reason);
    return true;
  });
}
