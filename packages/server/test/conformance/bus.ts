import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Bus } from "../../src/platform/bus.ts";

/** Lets everything be delivered that was published in this process. */
const delivered = () => new Promise<void>((resolve) => setImmediate(resolve));

/** What every bus guarantees: that it wakes. What must not be lost, nobody entrusts to it. */
export function describeBus(name: string, open: () => Bus): void {
  describe(`bus: ${name}`, () => {
    it("tells every listener of a topic, in the order of what was published", async () => {
      const bus = open();
      const heard: string[] = [];
      for (const who of ["a", "b"]) bus.subscribe("one", (message) => heard.push(who + message));
      bus.subscribe("two", () => assert.fail("another topic"));
      bus.publish("one", "1");
      bus.publish("one", "2");
      await delivered();
      assert.deepEqual(heard.toSorted(), ["a1", "a2", "b1", "b2"]);
      assert.deepEqual(
        heard.filter((each) => each.startsWith("a")),
        ["a1", "a2"],
      );
    });

    it("does not keep whoever publishes waiting", () => {
      const bus = open();
      let heard = 0;
      bus.subscribe("one", () => {
        heard += 1;
      });
      bus.publish("one", "1");
      assert.equal(heard, 0);
    });

    it("tells nothing to whoever has stopped listening, from that instant on", async () => {
      const bus = open();
      let heard = 0;
      const stop = bus.subscribe("one", () => {
        heard += 1;
      });
      bus.publish("one", "1");
      stop();
      stop();
      bus.publish("one", "2");
      await delivered();
      assert.equal(heard, 0);
    });

    it("forgets what nobody listens to", async () => {
      const bus = open();
      bus.publish("one", "1");
      await delivered();
      bus.subscribe("one", () => assert.fail("it was published before"));
      await delivered();
    });
  });
}
