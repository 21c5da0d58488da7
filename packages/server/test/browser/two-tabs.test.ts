import assert from "node:assert/strict";
import { openApi } from "./api.ts";
import { CuttableProxy } from "./cuttable-proxy.ts";
import { Inbox } from "./inbox.ts";
import { eventually, setStage } from "./stage.ts";

const kate = { name: "Kate Flynn", number: "+13125550134" };
const ada = { name: "Ada Nguyen", number: "+13125550117" };

const journey = setStage();

journey(
  "two tabs share one stream, and when one closes the other misses nothing",
  async (stage, t) => {
    const proxy = await CuttableProxy.before(stage.foyer.port);
    t.after(() => proxy.close());
    const leader = await stage.openInbox("Mia Lind", { baseUrl: proxy.url });
    const { page } = leader;
    const oneStream = (when: string) =>
      eventually(page, `one stream ${when}`, () => proxy.streams === 1);
    await oneStream("with one tab");
    const other = new Inbox(await page.context().newPage(), proxy.url);
    await other.page.goto(page.url());
    await other.row(kate.name).waitFor();
    const phone = await stage.openPhone(kate.number);
    const adasPhone = await stage.openPhone(ada.number);

    await leader.open(ada.name);
    await other.open(kate.name);
    await phone.text("For both tabs");
    await other.saying("For both tabs").waitFor();
    await leader.row(kate.name).filter({ hasText: "For both tabs" }).waitFor();
    await adasPhone.text("Seen where it is open");
    await leader.saying("Seen where it is open").waitFor();
    await other.row(ada.name).filter({ hasText: "Seen where it is open" }).waitFor();
    assert.equal(proxy.streams, 1, "two tabs, one stream");

    await Promise.all([page.close(), phone.text("While the lead changes hands")]);
    await phone.text("After it did");
    await other.saying("After it did").waitFor();
    await eventually(other.page, "one stream with the tab that is left", () => proxy.streams === 1);
    const api = await openApi(stage.foyer.url);
    const known = await api.said((await api.find(kate.name)).id);
    assert.deepEqual(
      await other.shownIds(),
      known.map(({ id }) => id as string),
    );
    await other.answer("Heard you");
    await phone.received("Heard you").waitFor();
    await other.messages.getByText(/^Mia · .* · Delivered$/).waitFor();
  },
);
