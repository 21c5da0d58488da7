import type { ConversationId, OperationParsed, StreamEvent } from "@foyer/contract";
import { operations } from "@foyer/contract";
import {
  type Caller,
  type StreamContext,
  type StreamSink,
  streamRoute,
} from "../../platform/access/index.ts";
import { type Bus, feedTopic } from "../../platform/bus.ts";
import { headOf, readChanges, readCursor, writeCursor } from "../../platform/feed/index.ts";
import type { Scope } from "../../platform/scope/index.ts";
import type { Presence } from "./presence.ts";
import { eventsOf } from "./stream-events.ts";

/**
 * A reader looks at the rows by itself so often, whether or not it was woken: what wakes it may
 * be lost, the rows may not. It is also how often a quiet stream asks for its rights again.
 */
const lookEveryMs = 2_000;
/** After so many looks at nothing new the reader is told that the line is alive. */
const looksBetweenSigns = 8;

type Input = OperationParsed<(typeof operations)["followProperty"]> & {
  readonly lastEventId?: string;
};
type Sink = StreamSink<StreamEvent>;

export interface FollowParts {
  readonly bus: Bus;
  readonly presence: Presence;
}

/**
 * Every change of a property from a cursor on, without a gap: the rows of the feed are read in
 * order, made into what screens show, and sent with the cursor that they lead to. Rights are
 * asked for again before anything is sent.
 */
export function createFollowProperty(parts: FollowParts) {
  return streamRoute(operations.followProperty, async (context, given, sink) => {
    const input: Input = given;
    const alarm = createAlarm(sink.signal);
    const stops = listen(parts, context.caller, input, alarm);
    try {
      await follow(parts, context, input, sink, alarm);
    } finally {
      for (const stop of stops) stop();
    }
  });
}

function listen({ bus, presence }: FollowParts, caller: Caller, input: Input, alarm: Alarm) {
  const { propertyId, conversations } = input;
  return [
    bus.subscribe(feedTopic(caller.tenantId, propertyId), alarm.ring),
    presence.subscribe(caller.tenantId, propertyId, (conversationId) => {
      if (conversations.includes(conversationId)) alarm.ring();
    }),
  ];
}

async function follow(
  parts: FollowParts,
  context: StreamContext,
  input: Input,
  sink: Sink,
  alarm: Alarm,
): Promise<void> {
  const { caller } = context;
  const sendPresence = createPresenceSender(parts, caller, input, sink);
  let after = await startOf(await context.scope(), input);
  let looksInQuiet = 0;
  while (!sink.signal.aborted) {
    const reason = endOf(await context.callerNow(), input);
    if (reason) return void (await sink.send({ type: "ended", reason }));
    const next = await step(await context.scope(), caller, input, after, sink);
    if (next === undefined || !(await sendPresence())) return;
    looksInQuiet = next === after ? looksInQuiet + 1 : 0;
    if (looksInQuiet === looksBetweenSigns) {
      looksInQuiet = 0;
      const cursor = writeCursor(next);
      if (!(await sink.send({ type: "caught_up", cursor }, cursor))) return;
    }
    if (next === after) await alarm.sleep();
    after = next;
  }
}

/** Before every sequence: a reader who stands there has lost what it knew, and reads anew. */
const nowhere = -1;

/**
 * What the browser saw last wins over what the page asked for when it was opened. A cursor that
 * we cannot read says that the reader knows something, but not what.
 */
async function startOf(scope: Scope, { lastEventId, cursor, propertyId }: Input): Promise<number> {
  const given = lastEventId || cursor;
  if (given === undefined) return (await headOf(scope.read, propertyId)).last;
  return readCursor(given) ?? nowhere;
}

/** Rights are read anew: who lost the property, or the session, sees nothing more. */
function endOf(caller: Caller | undefined, input: Input): "session" | "property" | undefined {
  if (!caller) return "session";
  return caller.propertyIds.has(input.propertyId) ? undefined : "property";
}

/** Sends one page of changes; returns where the reader stands then, undefined once it is gone. */
async function step(
  scope: Scope,
  caller: Caller,
  input: Input,
  after: number,
  sink: Sink,
): Promise<number | undefined> {
  const { changes, isLost } = await readChanges(scope.read, input.propertyId, after);
  if (isLost) {
    await sink.send({ type: "read_anew" });
    return undefined;
  }
  const last = changes.at(-1)?.sequence;
  if (last === undefined) return after;
  for (const event of await eventsOf(scope, caller.agentId, input, changes)) {
    if (!(await sink.send(event))) return undefined;
  }
  const cursor = writeCursor(last);
  return (await sink.send({ type: "caught_up", cursor }, cursor)) ? last : undefined;
}

/**
 * Sends who is at the open conversations, whole, whenever that is not what was sent last: also
 * when somebody is gone who did not say so.
 */
function createPresenceSender(
  { presence }: FollowParts,
  { tenantId, agentId }: Caller,
  { propertyId, conversations }: Input,
  sink: Sink,
): () => Promise<boolean> {
  const sent = new Map<ConversationId, string>();
  return async () => {
    for (const conversationId of conversations) {
      const event = presence.at({ tenantId, propertyId, conversationId }, agentId);
      const text = JSON.stringify(event);
      if (sent.get(conversationId) === text) continue;
      if (!(await sink.send(event))) return false;
      sent.set(conversationId, text);
    }
    return true;
  };
}

interface Alarm {
  readonly ring: () => void;
  /** Resolves when it rings, at once if it rang meanwhile, or when it is time to look anyway. */
  sleep(): Promise<void>;
}

function createAlarm(signal: AbortSignal): Alarm {
  let isRung = false;
  let wake: (() => void) | undefined;
  const ring = () => {
    isRung = true;
    wake?.();
  };
  signal.addEventListener("abort", ring);
  return {
    ring,
    sleep: async () => {
      if (!isRung) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, lookEveryMs);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      isRung = false;
      wake = undefined;
    },
  };
}
