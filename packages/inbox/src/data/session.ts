import type { Session } from "@foyer/contract";
import { queryOptions } from "@tanstack/react-query";
import { call, refusalCodeOf, takeCsrfToken } from "./api.ts";
import { forgetDrafts } from "./drafts.ts";
import { keys } from "./keys.ts";
import { forgetOutbox } from "./outbox-sender.ts";
import { queryClient, sessionEnded } from "./query-client.ts";

/** Who is signed in; null when nobody is. */
export const sessionOptions = queryOptions({
  queryKey: keys.session,
  queryFn: async ({ signal }): Promise<Session | null> => {
    try {
      const session = await call("getSession", {}, signal);
      takeCsrfToken(session.csrfToken);
      return session;
    } catch (error) {
      if (refusalCodeOf(error) === "session.required") return null;
      throw error;
    }
  },
});

/** What the sign-in page needs before anybody has signed in. */
export const installationOptions = queryOptions({
  queryKey: keys.installation,
  queryFn: ({ signal }) => call("getInstallation", {}, signal),
});

/** Takes the session that signing in answered. */
export function beginSession(session: Session): void {
  takeCsrfToken(session.csrfToken);
  sessionEnded.set(false);
  queryClient.setQueryData(keys.session, session);
}

/** Forgets everything that was read: somebody else may sit here next. */
export function forgetSession(): void {
  takeCsrfToken("");
  queryClient.removeQueries({ predicate: (query) => query.queryKey[0] !== "installation" });
  queryClient.setQueryData(keys.session, null);
}

/** Signs out here. Drafts and unsent answers of this agent go with the session. */
export async function signOut(): Promise<void> {
  await call("signOut", {});
  forgetDrafts();
  forgetOutbox();
  forgetSession();
}
