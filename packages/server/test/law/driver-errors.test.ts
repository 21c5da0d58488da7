import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { describe, test } from "node:test";
import { inspect } from "node:util";
import { Refused } from "@foyer/client";
import type { Connection } from "../../src/platform/store/engine.ts";
import { StoreFault } from "../../src/platform/store/index.ts";
import { primaryStores } from "../engines.ts";
import { World } from "../world/world.ts";

const planted = "planted-with-the-driver";

type Statements = readonly (readonly [sql: string, text: string])[];

/** Statements that a driver refuses with words that quote what was to be written. */
const refused: Readonly<Record<string, Statements>> = {
  "a value that is there already": [
    ["insert into migration (name) values (?)", planted],
    ["insert into migration (name) values (?)", planted],
  ],
  "a value that is too long, or no number": [
    ["insert into migration (name) values (?)", planted.repeat(20)],
    ["update job set attempts = ? where 1 = 1", planted],
    ["insert into change_sequence (tenant_id) values (?)", planted],
  ],
  "a statement that cannot be read": [[`selekt '${planted}' from migration`, ""]],
  "a column that is not there": [[`select ${planted.replaceAll("-", "_")} from job`, ""]],
};

for (const engine of primaryStores()) {
  describe(`the driver's words stay inside, on ${engine.name}`, () => {
    for (const [what, statements] of Object.entries(refused)) {
      test(`${what}: neither the answer nor the log quotes it`, async () => {
        await using world = await World.open({ engine });
        world.log.keepOut(planted, planted.replaceAll("-", "_"));
        const { hotel } = await world.tenant("Aurora");
        const guest = hotel.guest();
        await guest.texts("Good evening.");
        const { id: conversationId } = await hotel.conversationWith(guest);
        const client = await hotel.agent().client();
        const faults = provoke(world, statements);
        const note = { conversationId, noteId: randomUUID(), text: "Anything" };
        const answer = await client.addNote(note).catch((error: unknown) => error);
        world.intercept(undefined);
        assert.equal(faults.length, 1, "the driver took it");
        assert.ok(faults[0] instanceof StoreFault);
        assertSilent(faults[0]);
        assert.ok(answer instanceof Refused);
        assert.ok(["service.failed", "service.unavailable"].includes(answer.problem.code));
        assertSilent(answer);
        world.log.takeErrors("request.failed");
      });
    }
  });
}

/** Runs statements before the next that changes a conversation; keeps what they throw. */
function provoke(world: World, statements: Statements): unknown[] {
  const faults: unknown[] = [];
  const fail = async (connection: Connection) => {
    for (const [sql, text] of statements) {
      await connection.run(sql, text === "" ? [] : [text], "conversation.update");
    }
  };
  world.intercept(async (statement, run, connection) => {
    if (statement === "conversation.update") {
      await fail(connection).catch((error) => {
        faults.push(error);
        throw error;
      });
    }
    return run();
  });
  return faults;
}

function assertSilent(error: unknown): void {
  const all = inspect(error, { depth: 10, showHidden: true });
  assert.ok(!all.includes(planted) && !all.includes(planted.replaceAll("-", "_")), all);
}
