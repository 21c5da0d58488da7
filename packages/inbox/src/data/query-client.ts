import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { createStore } from "../store/store.ts";
import { isTemporary, refusalCodeOf } from "./api.ts";

const readAttemptsMax = 3;
const keptMs = 10 * 60_000;

/** Whether the server said that nobody is signed in here any more. */
export const sessionEnded = createStore(false);

let isLeaving = false;

/** What could not be read while the line was cut is read now. */
export function readFailedAgain(): void {
  void queryClient.refetchQueries({ type: "active", predicate: hasFailed });
}

function hasFailed({ state }: { readonly state: { readonly status: string } }): boolean {
  return state.status === "error";
}

/** Somebody signs out: that the session ends is then no news. */
export function expectSessionEnd(isExpected: boolean): void {
  isLeaving = isExpected;
}

/** The server said that the session is over. */
export function noticeSessionEnd(): void {
  if (!isLeaving) sessionEnded.set(true);
}

function noticeEnd(error: unknown): void {
  if (refusalCodeOf(error) === "session.required") noticeSessionEnd();
}

/**
 * Nothing in this cache goes stale with time: the change feed keeps it true, and says what to read
 * anew. So there is no refetching on focus, on mount, or by a clock.
 */
export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noticeEnd }),
  mutationCache: new MutationCache({ onError: noticeEnd }),
  defaultOptions: {
    queries: {
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: keptMs,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      networkMode: "always",
      retry: (failures, error) => failures < readAttemptsMax && isTemporary(error),
      retryDelay: (failures) => 400 * 2 ** failures,
    },
    mutations: { networkMode: "always" },
  },
});
