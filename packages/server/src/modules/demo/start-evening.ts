import { type AgentId, type ContactId, operations } from "@foyer/contract";
import type { PictureName } from "@foyer/simulator";
import type { Context, Route } from "../../platform/access/index.ts";
import { describeError, type Log } from "../../platform/log.ts";
import { notFound } from "../../platform/refusal.ts";
import type { OpenScope } from "../../platform/scope/index.ts";
import { threadsOf } from "../conversations/index.ts";
import type { Directory } from "../directory/index.ts";
import { type DemoFound, findDemo } from "./find-demo.ts";
import { demoAgents } from "./script/cast.ts";
import { eveningColleague, eveningTexts } from "./script/evening.ts";
import { type Acting, perform } from "./stage.ts";

/** A text that a guest's phone will send by itself. */
export interface EveningPlay {
  readonly afterMs: number;
  readonly from: string;
  readonly to: string;
  readonly text: string;
  readonly pictures: readonly PictureName[];
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

/** So long does the colleague read and write. */
const answeredAfterMs = 5_000;

/**
 * Forty guests' texts and a colleague at work, through the paths that every text and every answer
 * takes. Asked again while it goes on, it goes on.
 *
 * @throws Refusal `resource.not_found` outside of the demo
 */
export function createStartEvening(parts: EveningParts) {
  let isGoing = false;
  return async ({ tenantId }: Context) => {
    const evening = parts.evening();
    const demo = await findDemo(parts);
    if (!evening || demo?.tenantId !== tenantId) throw notFound();
    if (!isGoing) {
      isGoing = true;
      // Nobody waits for its end; what goes wrong in it is told by the log.
      begin(parts, evening, demo)
        .catch((error: unknown) => complain(parts, error))
        .finally(() => {
          isGoing = false;
        });
    }
    const lastsMs = Math.max(...eveningTexts.map(({ afterMs }) => afterMs));
    return { texts: eveningTexts.length, lastsMs };
  };
}

function complain({ log }: EveningParts, error: unknown): void {
  log.warn(describeError(error), "demo.evening");
}

async function begin(parts: EveningParts, evening: Evening, demo: DemoFound): Promise<void> {
  const colleague = await colleagueOf(parts, demo);
  const texts = eveningTexts.map(({ afterMs, from, text, picture }) => {
    return { afterMs, from, to: demo.number, text, pictures: picture ? [picture] : [] };
  });
  const { ended } = evening.play(texts);
  for (const { afterMs, from, answer } of eveningTexts) {
    if (answer === undefined) continue;
    evening.after(afterMs + answeredAfterMs, () => {
      colleague.answer(from, answer).catch((error: unknown) => complain(parts, error));
    });
  }
  await ended;
}

/** Somebody who works beside whoever looks on. */
async function colleagueOf(parts: EveningParts, { tenantId, propertyId }: DemoFound) {
  const { directory, openScope } = parts;
  const { key, email, role } =
    demoAgents.find((one) => one.key === eveningColleague) ?? demoAgents[0];
  const hits = await directory.find("sign_in_email", email);
  const id = hits.find((hit) => hit.tenantId === tenantId)?.subjectId as AgentId;
  const acting: Acting = {
    parts: { routes: parts.routes(), openScope },
    tenantId,
    propertyIds: new Set([propertyId]),
    agents: new Map([[key, { id, role }]]),
  };
  return {
    answer: async (from: string, text: string) => {
      const address = { propertyId, kind: "phone", value: from } as const;
      const { contact } = await perform(acting, key, operations.lookUpContact, address);
      if (!contact) return;
      const scope = await openScope(tenantId);
      const threads = await threadsOf(scope.read, propertyId, [contact.id as ContactId]);
      const [conversationId] = threads.keys();
      if (!conversationId) return;
      const reply = { conversationId, messageId: scope.mint<"entry">(), text };
      await perform(acting, key, operations.reply, reply);
    },
  };
}
