import type { Log } from "../platform/log.ts";
import type { ActRecorder } from "../platform/scope/index.ts";

/** Records acts in the log, in codes: who did it and to what stands in the rows themselves. */
export function logActs(log: Log): ActRecorder {
  return {
    write: async (_unit, { act }) => {
      log.debug({ act }, "act");
    },
  };
}
