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
import { whatStands } from "./what-stands.ts";

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
        const forbidden = inOrder.filter((key) => expected(operations[key], role)[0] >= 400);
        // What there must be to ask for changes something itself, so it is made before.
        const inputs = new Map<OperationKey, object>();
        for (const key of forbidden) inputs.set(key, await inputOf(key, asking));
        await world.settle();
        const before = await whatStands(asking.stage);
        for (const [key, input] of inputs) await check(browser, key, input, role);
        await world.settle();
        assert.deepEqual(
          await whatStands(asking.stage),
          before,
          "what was refused changed something",
        );
        const allowed = inOrder.filter((key) => !forbidden.includes(key));
        for (const key of allowed) {
          await check(browser, key, await inputOf(key, asking), role);
        }
      });
    }
  });
}

/** The status that the table of rights asks for, and the code of the refusal. */
function expected(operation: Operation, role: Role | undefined): [number, string | undefined] {
  // There is a hotel already: whoever asks for one more is sent to the operator.
  if (operation === operations.startHotel) return [409, "installation.has_hotel"];
  if (operation.right === null) return [operation.status, undefined];
  if (role === undefined) return [401, "session.required"];
  if (!roleMay(role, operation.right)) return [403, "right.missing"];
  // There is no demo here: nobody finds an evening to begin.
  if (operation === operations.startEvening) return [404, "resource.not_found"];
  return [operation.status, undefined];
}

async function inputOf(key: OperationKey, asking: Asking): Promise<object> {
  return (await operationInputs[key](asking)) as object;
}

async function check(
  browser: Browser,
  key: OperationKey,
  input: object,
  role: Role | undefined,
): Promise<void> {
  const operation: Operation = operations[key];
  const [status, code] = expected(operation, role);
  const answer = await browser.perform(operation, input as never);
  assert.equal(answer.status, status, `${role ?? "nobody"} asked for ${key}`);
  if (operation.kind === "stream" && status === 200) return answer.body?.cancel();
  const text = await answer.text();
  if (code) assert.equal((JSON.parse(text) as Problem).code, code, key);
}
