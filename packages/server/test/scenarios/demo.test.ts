import assert from "node:assert/strict";
import { test } from "node:test";
import type { Client } from "@foyer/client";
import type { Conversation, PropertyId, TimelineEntry } from "@foyer/contract";
import { demoStories } from "../../src/modules/demo/index.ts";
import { conversationsIn, conversationWith, openDemoWorld, signIn } from "./demo-world.ts";

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

test("at the front desk six guests wait, the longest first, and all is as it was written", async () => {
  const { world, demo } = await openDemoWorld();
  await using _ = world;
  const mia = await signIn(world, "mia");
  const { propertyId } = demo;
  const waiting = await conversationsIn(mia, propertyId, "waiting");
  const now = world.clock.now();
  assert.deepEqual(
    waiting.map(({ title, waitingSince }) => [title, minutesSince(now, waitingSince)]),
    [
      ["Tomás Herrera", 12],
      ["Priya Raman", 8],
      ["Hugo Fernández", 4],
      ["+1 312 555 0148", 3],
      ["Jonas Weber", 2],
      ["Marie Laurent", 1],
    ],
  );
  const { all } = await mia.countConversations({ propertyId });
  assert.equal(all.waiting, 6);

  const { conversation: ada } = await conversationWith(mia, propertyId, "Ada Nguyen");
  assert.deepEqual({ ...ada.stay, arrivalOn: "", departureOn: "" }, stay("412", "Ms"));
  assert.equal(ada.stay.departureOn, tomorrow(now));
});

test("there is something of everything: each thing that the inbox can show has happened", async () => {
  const { world, demo } = await openDemoWorld();
  await using _ = world;
  const [mia, jo] = [await signIn(world, "mia"), await signIn(world, "jo")];
  const { propertyId } = demo;

  const priya = await conversationWith(mia, propertyId, "Priya Raman");
  assert.ok(priya.conversation.stay.isVip);
  assert.equal(priya.conversation.labelIds.length, 1);
  const pictures = attachmentsOf(priya.entries);
  assert.equal(pictures.length, 2);
  for (const { state, url } of pictures) {
    assert.equal(state, "ready");
    assert.equal((await fetch(url ?? "")).headers.get("content-type"), "image/jpeg");
  }
  const ellen = await conversationWith(mia, propertyId, "Ellen Sato");
  assert.deepEqual(reactionsOf(ellen.entries), ["👍"]);
  assert.ok(ellen.conversation.assignee && "teamId" in ellen.conversation.assignee);
  const grace = await conversationWith(mia, propertyId, "Grace Oduya");
  assert.equal(grace.conversation.isMentioned, true, "a note calls her who looks");

  const rosa = await conversationWith(mia, propertyId, "Rosa Keller");
  assert.equal(rosa.conversation.isOptedOut, true);
  assert.equal(rosa.conversation.waitingSince, null, "nobody waits for an answer to STOP");

  const garden = demo.lines.find((line) => line.propertyId !== propertyId);
  assert.equal(garden?.hotelName, "Garden Court");
  const samir = await conversationWith(jo, garden?.propertyId as PropertyId, "Samir Patel");
  const failed = samir.entries.findLast((entry) => entry.kind === "message");
  assert.deepEqual([failed?.state, failed?.failure], ["failed", "unreachable"]);
  assert.ok(samir.conversation.waitingSince, "who got no answer waits");

  for (const property of demo.lines.map((line) => ({ propertyId: line.propertyId }))) {
    assert.equal((await jo.listLabels(property)).items.length, 4);
    assert.equal((await jo.listFields(property)).items.length, 5);
    assert.equal((await jo.listTemplates(property)).items.length, 6);
  }
});

/** Where and when: at noon on a Sunday far in the west, on a Wednesday night far in the east. */
const places = [
  { timeZone: "Pacific/Pago_Pago", at: Date.parse("2027-03-14T12:00:00-11:00") },
  { timeZone: "Pacific/Kiritimati", at: Date.parse("2027-10-27T23:59:00+14:00") },
  // Its clocks change in this night: the day has 25 hours, and the past a fortnight and one.
  { timeZone: "Europe/Berlin", at: Date.parse("2026-10-25T00:30:00+02:00") },
];

test("the demo is the same in any time zone and on any day of the week", async () => {
  const told = [];
  for (const place of places) told.push(await tell(place));
  const [first, ...others] = told;
  assert.equal(first?.length, stories.length);
  for (const other of others) assert.deepEqual(other, first);
});

/** What is told of each kind: all of today, and of the past some of each day. */
const stories = demoStories.slice(0, 60);

/** All that a demo shows, its instants in minutes and its dates in days before it was made. */
async function tell({ timeZone, at }: (typeof places)[number]) {
  const { world, demo } = await openIn(timeZone, at);
  await using _ = world;
  const jo = await signIn(world, "jo");
  const { properties } = await jo.getSession({});
  assert.deepEqual(new Set(properties.map((property) => property.timeZone)), new Set([timeZone]));
  const today = new Intl.DateTimeFormat("sv", { timeZone, dateStyle: "short" }).format(at);
  const told = [];
  for (const { propertyId, hotelName } of demo.lines) {
    for (const view of ["all", "closed"] as const) {
      for (const conversation of await conversationsIn(jo, propertyId, view)) {
        const said = await thread(jo, conversation.id, at);
        told.push({ hotelName, ...shown(conversation, at, Date.parse(today)), said });
      }
    }
  }
  return told;
}

/** The demo takes the time zone of the machine on which it is made. */
async function openIn(timeZone: string, startsAt: number) {
  const before = process.env["TZ"];
  process.env["TZ"] = timeZone;
  try {
    return await openDemoWorld({ startsAt, stories });
  } finally {
    if (before === undefined) delete process.env["TZ"];
    else process.env["TZ"] = before;
  }
}

function shown(conversation: Conversation, now: number, today: number) {
  const { title, state, isUnread, isMentioned, isOptedOut, assignee, stay: at } = conversation;
  const daysOf = (date: string | null) => date && (Date.parse(date) - today) / dayMs;
  return {
    ...{ title, state, isUnread, isMentioned, isOptedOut },
    isAssigned: assignee !== null,
    waited: minutesSince(now, conversation.waitingSince),
    stay: { ...at, arrivalOn: daysOf(at.arrivalOn), departureOn: daysOf(at.departureOn) },
    labels: conversation.labelIds.length,
    preview: conversation.preview?.text,
  };
}

async function thread(client: Client, conversationId: Conversation["id"], now: number) {
  const { items } = await client.getTimeline({ conversationId, limit: 100 });
  return items.map((entry) => {
    const what = entry.kind === "event" ? entry.event : entry.text;
    const state = entry.kind === "message" ? entry.state : null;
    return [minutesSince(now, entry.recordedAt), entry.kind, what, state];
  });
}

function minutesSince(now: number, instant: string | null): number | null {
  return instant === null ? null : (now - Date.parse(instant)) / minuteMs;
}

function attachmentsOf(entries: readonly TimelineEntry[]) {
  return entries.flatMap((entry) => (entry.kind === "message" ? entry.attachments : []));
}

function reactionsOf(entries: readonly TimelineEntry[]) {
  return entries.flatMap((entry) => (entry.kind === "message" ? (entry.reaction ?? []) : []));
}

function stay(room: string, title: string) {
  return { room, title, isVip: false, arrivalOn: "", departureOn: "" };
}

/** By the calendar of this machine, whose zone the demo's hotels have. */
function tomorrow(now: number): string {
  const today = Date.parse(new Intl.DateTimeFormat("sv", { dateStyle: "short" }).format(now));
  return new Intl.DateTimeFormat("sv", { timeZone: "UTC", dateStyle: "short" }).format(
    today + dayMs,
  );
}
