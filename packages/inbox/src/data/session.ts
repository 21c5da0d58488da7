import type { OperationInput, operations, Session } from "@foyer/contract";
import { queryOptions } from "@tanstack/react-query";
import { call, refusalCodeOf, takeCsrfToken } from "./api.ts";
import { forgetDrafts } from "./drafts.ts";
import { keys } from "./keys.ts";
import { forgetOutbox } from "./outbox-sender.ts";
import { expectSessionEnd, queryClient, sessionEnded } from "./query-client.ts";
import { isStorageOpen, readStored, writeStored } from "./storage.ts";
import { forgetUploads } from "./uploads.ts";

/**
 * Whether somebody signed in with this browser. The cookie itself is out of a script's reach; this
 * spares the first visit a question whose answer is known.
 */
const signedInUnder = "foyer.signed-in";

/** Who is signed in; null when nobody is. */
export const sessionOptions = queryOptions({
  queryKey: keys.session,
  queryFn: async ({ signal }): Promise<Session | null> => {
    if (isStorageOpen() && readStored(signedInUnder) !== true) return null;
    try {
      const session = await call("getSession", {}, signal);
      takeCsrfToken(session.csrfToken);
      return session;
    } catch (error) {
      if (refusalCodeOf(error) !== "session.required") throw error;
      writeStored(signedInUnder, undefined);
      return null;
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
  writeStored(signedInUnder, true);
  expectSessionEnd(false);
  sessionEnded.set(false);
  queryClient.setQueryData(keys.session, session);
}

/** Forgets everything that was read: somebody else may sit here next. */
export function forgetSession(): void {
  takeCsrfToken("");
  writeStored(signedInUnder, undefined);
  queryClient.setQueryData(keys.session, null);
  // The session itself stays, as nobody's: the screens that watch it lead to the sign-in page.
  const kept: unknown[] = [keys.installation[0], keys.session[0]];
  queryClient.removeQueries({ predicate: ({ queryKey }) => !kept.includes(queryKey[0]) });
}

/** What a hotel of one's own begins with. */
export type NewHotel = OperationInput<(typeof operations)["startHotel"]>;

/** Makes an empty organization with its owner, and signs in as them. Throws what is refused. */
export async function startHotel(hotel: NewHotel): Promise<void> {
  const { email } = await call("startHotel", hotel);
  try {
    await changeTo({ email, password: hotel.password });
  } catch {
    // The hotel is there: its owner signs in by hand.
  }
}

/**
 * Signs in as somebody else, from whatever session there is. The page must begin anew afterwards:
 * everything that was read is another's. Throws what is refused.
 */
export async function changeTo(credentials: {
  readonly email: string;
  readonly password: string;
}): Promise<void> {
  const wasSignedIn = queryClient.getQueryData<Session | null>(keys.session) != null;
  expectSessionEnd(true);
  try {
    if (wasSignedIn) await call("signOut", {});
    forgetOwnWork();
    takeCsrfToken("");
    const answer = await call("signIn", credentials);
    writeStored(signedInUnder, answer.result === "signed_in" ? true : undefined);
  } finally {
    expectSessionEnd(false);
  }
}

function forgetOwnWork(): void {
  forgetDrafts();
  forgetOutbox();
  forgetUploads();
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
  forgetOwnWork();
  forgetSession();
}
