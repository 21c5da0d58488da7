import type { Clock } from "../../platform/clock.ts";
import type { Probe } from "../house.ts";

const nodeMajorMin = 24;

/** Whether the Node that runs is one that Foyer is made for. */
export function nodeProbe(version: string): Probe {
  return {
    name: "Node",
    check: async () => {
      const isRecent = Number.parseInt(version, 10) >= nodeMajorMin;
      if (isRecent) return { state: "good", says: `is version ${version}` };
      return {
        state: "bad",
        says: `is version ${version}, older than ${nodeMajorMin}`,
        mend: "Start Foyer with npm start or npm run foyer, which bring their own.",
      };
    },
  };
}

/** No machine runs this version before it was written, or long after it was forgotten. */
const earliestYear = 2026;
const latestYear = 2100;
const jumpMsMax = 1000;

/** The machine's clocks, and what both said when this process began. */
export interface ClockReading {
  readonly clock: Clock;
  /** What the wall clock says minus what the monotonic one does, in ms, at the beginning. */
  readonly offsetMsAtStart: number;
}

/**
 * Whether the wall clock tells a believable time and runs with the monotonic one. Nobody here
 * knows the true time; the database's probe compares with another clock.
 */
export function clockProbe({ clock, offsetMsAtStart }: ClockReading): Probe {
  return {
    name: "Clock",
    check: async () => {
      const now = clock.now();
      const year = new Date(now).getUTCFullYear();
      if (!(year >= earliestYear && year < latestYear)) {
        return {
          state: "bad",
          says: `says that it is the year ${year}`,
          mend: "Set the clock, and let NTP keep it: sessions, certificates and jobs go by it.",
        };
      }
      const jumpMs = Math.round(now - clock.monotonic() - offsetMsAtStart);
      if (Math.abs(jumpMs) <= jumpMsMax) {
        return { state: "good", says: `says ${new Date(now).toISOString()}` };
      }
      return {
        state: "warning",
        says: `jumped by ${jumpMs} ms while doctor ran`,
        mend: "Let NTP slew the clock instead of setting it.",
      };
    },
  };
}
