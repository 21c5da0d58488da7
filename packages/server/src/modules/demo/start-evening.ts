import type { AgentId, ConversationId } from "@foyer/contract";
import { operations } from "@foyer/contract";
import type { Context, Route } from "../../platform/access/index.ts";
import { describeError, type Log } from "../../platform/log.ts";
import { notFound } from "../../platform/refusal.ts";
import type { OpenScope, Scope } from "../../platform/scope/index.ts";
import { threadsOf } from "../conversations/index.ts";
import type { Directory } from "../directory/index.ts";
import { isDemoTenant } from "../tenancy/index.ts";
import { type DemoFound, findDemo } from "./find-demo.ts";
import { demoAgents } from "./script/cast.ts";
import { eveningAnswers, eveningColleague, eveningTexts } from "./script/evening.ts";
import { perform } from "./stage.ts";

/** A text that a guest's phone will send by itself. */
export interface EveningPlay {
  readonly afterMs: number;
  readonly from: string;
  readonly to: string;
  readonly text: string;
  readonly pictures: readonly string[];
}

/** The carrier's side of the evening: guests write from their phones. */
export interface Evening {
  play(texts: readonly EveningPlay[]): { readonly ended: Promise<unknown> };
  /** Calls back once, so many ms from now. */
  after(delayMs: number, run: () => void): void;
}

export interface EveningParts {
  readonly directory: Directory;
  readonly openScope: OpenScope;
  readonly log: Log;
  readonly routes: () => readonly Route[];
  /** Undefined where no carrier of phones runs in this process. */
  readonly evening: () => Evening | undefined;
}

/** One text in so many is the colleague's to answer, some seconds after it came. */
const answeredOneIn = 3;
const answeredAfterMs = 5_000;

/**
 * Forty guests' texts and a colleague at work, through the paths that every text and every answer
 * takes. Asked again while it goes on, it goes on.
 *
 * @throws Refusal `resource.not_found` outside of the demo
 */
export function createStartEvening(parts: EveningParts) {
  let isGoing = false;
  return async (context: Context) => {
    const evening = parts.evening();
    const demo = await findDemo(parts);
    if (!evening || !demo || !(await isDemoTenant(context))) throw notFound();
    if (demo.tenantId !== context.tenantId) throw notFound();
    if (!isGoing) {
      isGoing = true;
      // Nobody waits for its end; what goes wrong in it is told by the log.
      begin(parts, evening, demo)
        .catch((error: unknown) => parts.log.warn(describeError(error), "demo.evening"))
        .finally(() => {
          isGoing = false;
        });
    }
    const lastsMs = Math.max(...eveningTexts.map(({ afterMs }) => afterMs));
    return { texts: eveningTexts.length, lastsMs };
  };
}

async function begin(parts: EveningParts, evening: Evening, demo: DemoFound): Promise<void> {
  const texts = eveningTexts.map(({ picture, ...text }) => ({
    ...text,
    to: demo.number,
    pictures: picture ? [picture] : [],
  }));
  const colleague = await colleagueOf(parts, demo);
  for (const [at, { afterMs, from }] of texts.entries()) {
    if (at % answeredOneIn !== 0) continue;
    const answer = eveningAnswers[(at / answeredOneIn) % eveningAnswers.length] ?? "";
    evening.after(afterMs + answeredAfterMs, () => {
      colleague.answer(from, answer).catch((error: unknown) => {
        parts.log.warn(describeError(error), "demo.evening");
      });
    });
  }
  await evening.play(texts).ended;
}

/** Somebody who works beside whoever looks on. */
async function colleagueOf(parts: EveningParts, demo: DemoFound) {
  const account = demoAgents.find(({ key }) => key === eveningColleague) ?? demoAgents[0];
  const hits = await parts.directory.find("sign_in_email", account.email);
  const id = hits.find(({ tenantId }) => tenantId === demo.tenantId)?.subjectId as AgentId;
  const { tenantId, propertyId } = demo;
  const stage = {
    parts: { routes: parts.routes(), openScope: parts.openScope },
    tenantId,
    propertyIds: new Set([propertyId]),
    agents: new Map([[account.key, { id, role: account.role }]]),
  };
  return {
    answer: async (from: string, text: string) => {
      const address = { propertyId, kind: "phone", value: from } as const;
      const { contact } = await perform(stage, account.key, operations.lookUpContact, address);
      const scope = await parts.openScope(tenantId);
      const conversationId = contact && (await conversationWith(scope, demo, contact.id));
      if (!conversationId) return;
      const messageId = scope.mint<"entry">();
      const reply = { conversationId, messageId, text };
      await perform(stage, account.key, operations.reply, reply);
    },
  };
}

async function conversationWith(
  scope: Scope,
  { propertyId }: DemoFound,
  contactId: string,
): Promise<ConversationId | undefined> {
  const threads = await threadsOf(scope.read, propertyId, [contactId as never]);
  return [...threads.keys()][0];
}
