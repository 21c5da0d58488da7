import { describeFailure } from "../command-failure.ts";
import type { Probe, ProbeResult } from "../house.ts";

/** What one probe found. */
export interface Finding extends ProbeResult {
  readonly name: string;
}

/** How long one probe may take: somebody is waiting at a terminal. */
export const probeMsMax = 5000;

/**
 * Runs probes side by side. One that fails, or takes too long, is a bad finding and spoils none
 * of the others.
 */
export async function examine(
  probes: readonly Probe[],
  msMax: number = probeMsMax,
): Promise<Finding[]> {
  return Promise.all(
    probes.map(async (probe) => ({ name: probe.name, ...(await examineOne(probe, msMax)) })),
  );
}

async function examineOne(probe: Probe, msMax: number): Promise<ProbeResult> {
  const { promise: late, resolve } = Promise.withResolvers<ProbeResult>();
  const timer = setTimeout(resolve, msMax, {
    state: "bad",
    says: `did not answer within ${msMax} ms`,
    mend: "Look whether what it asks is running and reachable from here.",
  });
  try {
    return await Promise.race([probe.check(), late]);
  } catch (error) {
    return {
      state: "bad",
      says: describeFailure(error),
      mend: "Mend what the sentence names, and run doctor again.",
    };
  } finally {
    clearTimeout(timer);
  }
}
