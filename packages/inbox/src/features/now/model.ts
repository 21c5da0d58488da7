import type { AgentId } from "@foyer/contract";
import type { AgentNow } from "../../data/now.ts";

export interface Person extends AgentNow {
  readonly name: string;
}

export interface Shift {
  /** Signed out, with conversations of theirs still open: what somebody has to move. */
  readonly holding: readonly Person[];
  /** Everybody else: who is here first. */
  readonly others: readonly Person[];
  readonly signedIn: number;
}

/** Who is here with what they hold, who waits most first. Whoever has no name is nobody's line. */
export function shiftOf(
  agents: readonly AgentNow[],
  nameOf: (id: AgentId) => string | undefined,
): Shift {
  const people = agents
    .flatMap((agent): Person[] => {
      const name = nameOf(agent.agentId);
      return name === undefined ? [] : [{ ...agent, name }];
    })
    .sort(byLoad);
  const isHolding = (person: Person) => !person.isSignedIn && person.open > 0;
  const here = people.filter(({ isSignedIn }) => isSignedIn);
  const away = people.filter((person) => !person.isSignedIn && person.open === 0);
  return {
    holding: people.filter(isHolding),
    others: [...here, ...away],
    signedIn: here.length,
  };
}

function byLoad(one: Person, other: Person): number {
  if (one.waiting !== other.waiting) return other.waiting - one.waiting;
  if (one.open !== other.open) return other.open - one.open;
  return one.name.localeCompare(other.name);
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** How long, to the minute: "Under 1 min", "3 min", "1 h 12 min". */
export function spanWords(ms: number): string {
  if (ms < minuteMs) return "Under 1 min";
  const minutes = Math.round(ms / minuteMs);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (ms < hourMs && hours === 0) return `${minutes} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}
