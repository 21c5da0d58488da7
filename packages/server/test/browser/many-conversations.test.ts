import assert from "node:assert/strict";
import { openApi } from "./api.ts";
import type { Inbox } from "./inbox.ts";
import { withHouse } from "./open-house.ts";
import { seedConversations } from "./seed-conversations.ts";
import { eventually, setStage } from "./stage.ts";

const seeded = 10_000;
/** Those of the demo besides: nine are open, two of them nobody's, three are closed. */
const demoOpen = 9;
/** Far below what is loaded, a little above what is in sight. */
const rowsDrawnMax = 60;
const pagesScrolled = 12;

const journey = setStage({
  furnish: (folders) => withHouse(folders, (house) => seedConversations(house, seeded)),
});

async function scrollToEnd({ list }: Inbox): Promise<number> {
  return list.getByRole("list").evaluate((rows) => {
    const scroller = rows.parentElement;
    scroller.scrollTop = scroller.scrollHeight;
    return scroller.scrollHeight;
  });
}

journey(
  "with ten thousand conversations the list stays small and the counts exact",
  async (stage) => {
    const owen = await stage.openInbox("Owen Reed");
    await owen.goTo("All open");
    await owen.rows.first().waitFor();
    const total = (seeded + demoOpen).toLocaleString("en-GB");
    await owen.rail
      .getByRole("link", { name: /All open/ })
      .filter({ hasText: total })
      .waitFor();
    const { client, propertyId } = await openApi(stage.foyer.url);
    const counts = await client.countConversations({ propertyId });
    assert.equal(counts.all.total, seeded + demoOpen);

    let height = await scrollToEnd(owen);
    for (let page = 0; page < pagesScrolled; page += 1) {
      await eventually(owen.page, "the next page is loaded", async () => {
        const grown = await scrollToEnd(owen);
        const isMore = grown > height;
        height = grown;
        return isMore;
      });
      assert.ok((await owen.rows.count()) <= rowsDrawnMax, "only rows in sight are drawn");
    }
    await owen.page.keyboard.press("j");
    await owen.said.first().waitFor();
  },
);
