import type { Clock } from "../clock.ts";

export interface RateLimiter {
  /** Counts one use; says whether it is allowed, and if not, for how long to stay away. */
  take(key: string): { readonly isAllowed: boolean; readonly retryAfterSeconds: number };
  /** Forgets what was counted for a key. */
  clear(key: string): void;
}

export interface RateLimit {
  readonly usesMax: number;
  readonly windowMs: number;
  /** How many keys are remembered; beyond, the oldest are forgotten. */
  readonly keysMax: number;
}

/** A fixed window per key, in this process. The production engine counts in Redis. */
export function createRateLimiter(clock: Clock, limit: RateLimit): RateLimiter {
  const windows = new Map<string, { uses: number; readonly startedAt: number }>();
  const open = (key: string) => {
    const now = clock.now();
    const known = windows.get(key);
    if (known && now - known.startedAt < limit.windowMs) return known;
    windows.delete(key);
    if (windows.size >= limit.keysMax) windows.delete(windows.keys().next().value as string);
    const fresh = { uses: 0, startedAt: now };
    windows.set(key, fresh);
    return fresh;
  };
  return {
    take: (key) => {
      const window = open(key);
      window.uses += 1;
      const restMs = window.startedAt + limit.windowMs - clock.now();
      return {
        isAllowed: window.uses <= limit.usesMax,
        retryAfterSeconds: Math.max(1, Math.ceil(restMs / 1000)),
      };
    },
    clear: (key) => windows.delete(key),
  };
}
