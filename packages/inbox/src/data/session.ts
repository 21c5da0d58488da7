import type { Session } from "@foyer/contract";
import { queryOptions } from "@tanstack/react-query";
import { call, refusalCodeOf, takeCsrfToken } from "./api.ts";
import { forgetDrafts } from "./drafts.ts";
import { keys } from "./keys.ts";
import { forgetOutbox } from "./outbox-sender.ts";
import { expectSessionEnd, queryClient, sessionEnded } from "./query-client.ts";

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
  expectSessionEnd(false);
  sessionEnded.set(false);
  queryClient.setQueryData(keys.session, session);
}

/** Forgets everything that was read: somebody else may sit here next. */
export function forgetSession(): void {
  takeCsrfToken("");
  queryClient.setQueryData(keys.session, null);
  // The session itself stays, as nobody's: the screens that watch it lead to the sign-in page.
  const kept: unknown[] = [keys.installation[0], keys.session[0]];
  queryClient.removeQueries({ predicate: ({ queryKey }) => !kept.includes(queryKey[0]) });
}

/** Signs out here. Drafts and unsent answers of this agent go with the session. */
export async function signOut(): Promise<void> {
  expectSessionEnd(true);
  try {
    await call("signOut", {});
  } catch (error) {
    expectSessionEnd(false);
    throw error;
  }
  forgetDrafts();
  forgetOutbox();
  forgetSession();
}
