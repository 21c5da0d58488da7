import { randomUUID } from "node:crypto";
import type { Clock } from "./clock.ts";
import { deliveryTimeoutMs } from "./limits.ts";
import { signDelivery } from "./signature.ts";

export interface Poster {
  /** Posts one signed body; true when the answer was 2xx. Never rejects. */
  post(url: string, signingSecret: string, body: string): Promise<boolean>;
  /** Gives up what is under way. */
  close(): void;
}

/** Posts deliveries over HTTP, each with a time limit on the carrier's own clock. */
export function httpPoster(clock: Clock, fetchOnce: typeof fetch): Poster {
  const underWay = new Set<AbortController>();
  return {
    async post(url, signingSecret, body) {
      const controller = new AbortController();
      underWay.add(controller);
      const cancelTimeout = clock.after(deliveryTimeoutMs, () => controller.abort());
      try {
        const headers = signedHeaders(clock, signingSecret, body);
        const request = { method: "POST", headers, body, redirect: "manual" } as const;
        const response = await fetchOnce(url, { ...request, signal: controller.signal });
        await response.body?.cancel();
        return response.ok;
      } catch {
        return false;
      } finally {
        cancelTimeout();
        underWay.delete(controller);
      }
    },
    close() {
      for (const controller of underWay) controller.abort();
    },
  };
}

function signedHeaders(clock: Clock, secret: string, body: string): Record<string, string> {
  const timestamp = Math.floor(clock.now() / 1_000);
  return {
    "content-type": "application/json",
    "x-carrier-timestamp": String(timestamp),
    "x-carrier-signature": signDelivery(secret, timestamp, body),
    "x-carrier-delivery": randomUUID(),
  };
}
