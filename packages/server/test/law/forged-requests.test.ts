import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { type OperationKey, operations, type Problem } from "@foyer/contract";
import type { Browser } from "../world/browser.ts";
import { World } from "../world/world.ts";
import { operationInputs } from "./operation-inputs.ts";
import { type Stage, setStage } from "./stage.ts";
import { whatStands } from "./what-stands.ts";

const changing = (Object.keys(operations) as OperationKey[]).filter((key) => {
  const { method, right } = operations[key];
  return method !== "GET" && right !== null;
});

/** What another site, or a page that lost its token, can make a browser send. */
const forgeries: Readonly<Record<string, Record<string, string>>> = {
  "without the token": { "x-foyer-csrf": "" },
  "with a token of its own": { "x-foyer-csrf": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" },
  "from another site": { "sec-fetch-site": "cross-site" },
  "from another host of the same site": { "sec-fetch-site": "same-site" },
};

describe("what another site makes a browser send is refused", () => {
  let world: World;
  let stage: Stage;
  let browser: Browser;

  before(async () => {
    world = await World.open();
    const { hotel } = await world.tenant("Aurora");
    stage = await setStage(hotel);
    browser = await hotel.agent("owner").openBrowser();
  });
  after(() => world.close());

  for (const [how, headers] of Object.entries(forgeries)) {
    test(`${how}, nothing is changed, whatever is asked for`, async () => {
      // What there must be to ask for changes something itself, so it is made before.
      const inputs = new Map<OperationKey, object>();
      for (const key of changing) inputs.set(key, await inputOf(key));
      const standing = await whatStands(stage);
      for (const [key, input] of inputs) {
        const answer = await browser.copy().perform(operations[key], input as never, headers);
        const problem = (await answer.json()) as Problem;
        assert.equal(answer.status, 403, key);
        assert.equal(problem.code, "session.forged_request", key);
      }
      assert.deepEqual(await whatStands(stage), standing);
    });
  }

  test("with another session's token it is refused as well", async () => {
    const other = await stage.hotel.agent("owner").openBrowser();
    const answer = await ask("close", { "x-foyer-csrf": other.csrfToken ?? "" });
    assert.equal(answer.status, 403);
  });

  test("from our own page, or typed into the address bar, it is not", async () => {
    for (const site of ["same-origin", "none"]) {
      const answer = await ask("close", { "sec-fetch-site": site });
      assert.equal(answer.status, 200);
    }
  });

  test("signing in from another site's page is refused", async () => {
    const { email, password } = stage.hotel.agent().account;
    for (const site of ["cross-site", "same-site"]) {
      const headers = { "sec-fetch-site": site };
      const answer = await browser.copy().perform(operations.signIn, { email, password }, headers);
      assert.equal(answer.status, 403);
      assert.deepEqual(answer.headers.getSetCookie(), []);
    }
  });

  test("a form, which a page may send anywhere, is not understood", async () => {
    const { conversationId } = stage;
    for (const type of ["application/x-www-form-urlencoded", "text/plain", "multipart/form-data"]) {
      const answer = await browser.send(`/v1/conversations/${conversationId}/notes`, {
        method: "POST",
        headers: { "content-type": type },
        body: "text=Hello",
      });
      assert.equal(answer.status, 415, type);
    }
  });

  async function ask(key: OperationKey, headers: Record<string, string>) {
    return browser.copy().perform(operations[key], (await inputOf(key)) as never, headers);
  }

  async function inputOf(key: OperationKey): Promise<object> {
    const asking = { stage, agent: stage.hotel.agent("owner") };
    return (await operationInputs[key](asking)) as object;
  }
});
