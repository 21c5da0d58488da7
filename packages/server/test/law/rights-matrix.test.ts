import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  type Operation,
  type OperationKey,
  operations,
  type Problem,
  type Role,
  roleMay,
  roles,
} from "@foyer/contract";
import { primaryStores } from "../engines.ts";
import { Browser } from "../world/browser.ts";
import { World } from "../world/world.ts";
import { type Asking, operationInputs } from "./operation-inputs.ts";
import { setStage } from "./stage.ts";

const keys = Object.keys(operations) as OperationKey[];
/** What ends the session, or begins another, comes last. */
const last: readonly OperationKey[] = ["signOut", "signIn"];
const inOrder = keys.toSorted((one, other) => last.indexOf(one) - last.indexOf(other));

test("every operation is asked for in the law's table", () => {
  assert.deepEqual(Object.keys(operationInputs).sort(), keys.toSorted());
});

for (const engine of primaryStores()) {
  describe(`the table of rights is the server's on ${engine.name}`, () => {
    for (const role of [...roles, undefined]) {
      test(`${role ?? "nobody"} gets what the table says, and nothing else`, async () => {
        await using world = await World.open({ engine });
        const { hotel } = await world.tenant("Aurora");
        const asking = { stage: await setStage(hotel), agent: hotel.agent(role ?? "owner") };
        const browser = role ? await asking.agent.openBrowser() : new Browser(world.url);
        const before = await whatStands(asking);
        const forbidden = inOrder.filter((key) => expected(operations[key], role)[0] >= 400);
        for (const key of forbidden) await check(browser, key, asking, role);
        await world.settle();
        assert.deepEqual(await whatStands(asking), before, "what was refused changed something");
        const allowed = inOrder.filter((key) => !forbidden.includes(key));
        for (const key of allowed) await check(browser, key, asking, role);
      });
    }
  });
}

/** The status that the table of rights asks for, and the code of the refusal. */
function expected(operation: Operation, role: Role | undefined): [number, string | undefined] {
  if (operation.right === null) return [operation.status, undefined];
  if (role === undefined) return [401, "session.required"];
  return roleMay(role, operation.right) ? [operation.status, undefined] : [403, "right.missing"];
}

async function check(
  browser: Browser,
  key: OperationKey,
  asking: Asking,
  role: Role | undefined,
): Promise<void> {
  const operation: Operation = operations[key];
  const [status, code] = expected(operation, role);
  const answer = await browser.perform(operation, await operationInputs[key](asking));
  assert.equal(answer.status, status, `${role ?? "nobody"} asked for ${key}`);
  if (operation.kind === "stream" && status === 200) return answer.body?.cancel();
  const text = await answer.text();
  if (code) assert.equal((JSON.parse(text) as Problem).code, code, key);
}

/** All that the refused could have changed, as the supervisor sees it. */
async function whatStands({ stage }: Asking) {
  const { hotel, conversationId, contactId } = stage;
  const client = await hotel.agent("supervisor").client();
  const { propertyId } = hotel;
  return {
    conversation: await client.getConversation({ conversationId }),
    timeline: await client.getTimeline({ conversationId }),
    contact: await client.getContact({ contactId }),
    counts: await client.countConversations({ propertyId }),
    deliveries: await client.listDeliveries({ propertyId }),
  };
}
