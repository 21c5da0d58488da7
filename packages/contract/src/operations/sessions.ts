import { z } from "zod";
import { idOf } from "../ids.ts";
import { instant } from "../instant.ts";
import { limits } from "../limits.ts";
import { operation } from "../operation.ts";
import { type Right, rights } from "../rights.ts";
import { agent, property } from "../schemas/people.ts";

const rightNames = Object.keys(rights) as [Right, ...Right[]];

/** Who is signed in, where they work and what they may do. */
export const session = z.object({
  id: idOf<"session">(),
  tenant: z.object({ id: idOf<"tenant">(), name: z.string(), isDemo: z.boolean() }),
  agent,
  properties: z.array(property),
  rights: z.array(z.enum(rightNames)),
  /** Goes back in the header `x-foyer-csrf` with every request that changes something. */
  csrfToken: z.string(),
});
export type Session = z.output<typeof session>;

const signedInOrChoice = z.discriminatedUnion("result", [
  z.object({ result: z.literal("signed_in"), session }),
  /** The same e-mail and password open several tenants: say which. */
  z.object({
    result: z.literal("choose_tenant"),
    tenants: z.array(z.object({ id: idOf<"tenant">(), name: z.string() })),
  }),
]);

export const signIn = operation({
  name: "sessions.create",
  method: "POST",
  path: "/v1/session",
  summary: "Sign in with e-mail and password; the answer sets the session cookie.",
  right: null,
  body: z.strictObject({
    email: z.string().trim().min(3).max(limits.emailCharactersMax),
    password: z.string().min(1).max(limits.passwordCharactersMax),
    tenantId: idOf<"tenant">().optional(),
  }),
  output: signedInOrChoice,
  refusals: ["session.wrong_credentials", "session.too_many_attempts"],
});

export const getSession = operation({
  name: "sessions.get",
  method: "GET",
  path: "/v1/session",
  summary: "Who is signed in here.",
  right: "session.own",
  output: session,
});

export const signOut = operation({
  name: "sessions.end",
  method: "DELETE",
  path: "/v1/session",
  summary: "Sign out of this session.",
  right: "session.own",
});

export const listSessions = operation({
  name: "sessions.list",
  method: "GET",
  path: "/v1/sessions",
  summary: "My sessions, newest first.",
  right: "session.own",
  output: z.object({
    items: z.array(
      z.object({
        id: idOf<"session">(),
        device: z.string(),
        isThisOne: z.boolean(),
        createdAt: instant,
        lastSeenAt: instant,
        expiresAt: instant,
      }),
    ),
  }),
});

export const revokeSession = operation({
  name: "sessions.revoke",
  method: "DELETE",
  path: "/v1/sessions/{sessionId}",
  summary: "End one of my sessions, on whatever device it is.",
  right: "session.own",
  params: z.object({ sessionId: idOf<"session">() }),
});

export const getInstallation = operation({
  name: "installation.get",
  method: "GET",
  path: "/v1/installation",
  summary: "What the sign-in page needs before anybody has signed in.",
  right: null,
  output: z.object({
    /** Whether a hotel of one's own can begin here: there is a demo, and nothing else yet. */
    mayStartHotel: z.boolean(),
    /** Null where there is no demo. */
    demo: z
      .object({
        password: z.string(),
        accounts: z.array(z.object({ name: z.string(), email: z.string(), role: z.string() })),
        simulatorPath: z.string(),
      })
      .nullable(),
  }),
});

export const startEvening = operation({
  name: "demo.startEvening",
  method: "POST",
  path: "/v1/demo/evening",
  summary: "The demo's busy evening: forty guests' texts, and a colleague who answers some.",
  right: "conversation.reply",
  output: z.object({ texts: z.int(), lastsMs: z.int() }),
  status: 202,
});
