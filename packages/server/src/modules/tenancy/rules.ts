import type { SessionRow } from "./tables.ts";

/** How an e-mail is compared: without surrounding space, folded, in composed form. */
export function normalizeEmail(email: string): string {
  return email.trim().normalize("NFKC").toLowerCase();
}

export interface SessionLimits {
  /** Unused for so long, a session is over. */
  readonly idleMs: number;
  /** However used, it is over so long after signing in. */
  readonly absoluteMs: number;
}

/** A session may be used while it is neither ended nor too old nor left alone too long. */
export function isSessionLive(
  session: Pick<SessionRow, "ended_at" | "expires_at" | "last_seen_at">,
  now: number,
  limits: SessionLimits,
): boolean {
  if (session.ended_at !== null) return false;
  return now < session.expires_at && now - session.last_seen_at < limits.idleMs;
}
