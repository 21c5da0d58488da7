import assert from "node:assert/strict";
import { openApi } from "./api.ts";
import type { Inbox } from "./inbox.ts";
import { withHouse } from "./open-house.ts";
import { seedConversations } from "./seed-conversations.ts";
import { eventually, setStage } from "./stage.ts";

const seeded = 10_000;
/** The demo has some besides, most of them closed. */
const demoOpenMax = 60;
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
    const { client, propertyId } = await openApi(stage.foyer.url);
    const { all } = await client.countConversations({ propertyId });
    const ofDemo = all.total - seeded;
    assert.ok(ofDemo > 0 && ofDemo <= demoOpenMax, `besides there are ${ofDemo}`);
    const isCounted = async () => (await owen.countOf("All open")) === all.total;
    await eventually(owen.page, "the rail counts all of them", isCounted);
    const waiting = `${all.waiting.toLocaleString("en-GB")} waiting`;
    await owen.list.getByText(waiting).waitFor();

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
