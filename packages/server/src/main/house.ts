import type { NewHotel } from "../modules/tenancy/index.ts";
import type { Log } from "../platform/log.ts";
import type { Configuration } from "./configuration.ts";
import type { Role } from "./settings.ts";

/** How a part of the installation is. A warning works today and wants a decision. */
export type ProbeState = "good" | "warning" | "bad";

export interface ProbeResult {
  readonly state: ProbeState;
  /** What was found: a sentence for whoever runs Foyer, never content. */
  readonly says: string;
  /** What to do about it: a sentence, wherever the state is not good. */
  readonly mend?: string;
}

/** Something about the installation that can be looked at without changing it. */
export interface Probe {
  /** Two or three words, unique among all probes. */
  readonly name: string;
  check(): Promise<ProbeResult>;
}

/** What somebody needs to try the demo. */
export interface DemoNote {
  /** Whether it was made just now; false when it was there already. */
  readonly isNew: boolean;
  /** The agent to sign in as first. */
  readonly email: string;
  readonly password: string;
  /** Where the guest's phone is, as a path below the public URL. */
  readonly simulatorPath: string;
}

/** A house that listens. */
export interface OpenDoor {
  /** The address that browsers use, with the real port. */
  readonly url: string;
  /** Takes no more requests, lets the running ones end, closes streams. */
  close(): Promise<void>;
}

/** Foyer, put together: stores open, nothing listening yet and no job running. */
export interface House {
  /** Brings the primary store to this version's schema; does nothing where it is already. */
  migrate(): Promise<void>;
  /** Makes the demo hotel if it is missing. */
  makeDemo(): Promise<DemoNote>;
  /** Makes an organization with a hotel and its owner, whole or not at all. */
  createTenant(given: NewHotel): Promise<void>;
  /** Gives every organization its next data key; says how many there are. */
  rotateKeys(): Promise<number>;
  /**
   * Listens and works in the given roles.
   * @throws the system's error (`EADDRINUSE`, `EACCES`) where the port cannot be had.
   */
  serve(roles: readonly Role[]): Promise<OpenDoor>;
  /** What the stores can say of themselves. Looking changes nothing. */
  probes(): readonly Probe[];
  close(): Promise<void>;
}

/** What `compose.ts` gives to the command line. */
export interface Composition {
  /** Opens the stores, and makes what is missing in their folders. Migrates nothing. */
  openHouse(configuration: Configuration, log: Log): Promise<House>;
}
