import {
  type AgentId,
  type PropertyId,
  type Role,
  roleMay,
  roles,
  rolesEverywhere,
} from "@foyer/contract";
import { isSupportedCountry } from "libphonenumber-js/max";
import { z } from "zod";
import type { SessionRow } from "./tables.ts";

const emailShape = z.email().max(254);

/** How an e-mail is compared: without surrounding space, folded, in composed form. */
export function normalizeEmail(email: string): string {
  return email.trim().normalize("NFKC").toLowerCase();
}

/** Says whether a normalized e-mail is one that can exist. */
export function isEmail(email: string): boolean {
  return emailShape.safeParse(email).success;
}

/** Says whether a name is one of the IANA time zone database; an offset is no zone. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** Says whether two letters name a country, ISO 3166-1 alpha-2, whose phone numbers we can read. */
export function isCountry(code: string): boolean {
  return isSupportedCountry(code);
}

/** How names are compared that people tell apart by reading: without case, space or form. */
export function foldName(name: string): string {
  return name.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();
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

/** Says whether a role works at every property without being placed there. */
export function worksEverywhere(role: Role): boolean {
  return rolesEverywhere.includes(role);
}

/** What somebody is, and where. */
export interface Standing {
  readonly role: Role;
  readonly propertyIds: ReadonlySet<PropertyId>;
}

/**
 * Nobody grants what they do not have: says whether a role, or a place at one of these properties,
 * is more than the manager's own. A role is more than those after it in the contract's list.
 */
export function isBeyondOwn(
  manager: Standing,
  role: Role,
  propertyIds: Iterable<PropertyId>,
): boolean {
  if (roles.indexOf(role) < roles.indexOf(manager.role)) return true;
  return [...propertyIds].some((id) => !manager.propertyIds.has(id));
}

/** An agent as far as it matters to where they answer guests. */
export interface Answering {
  readonly role: Role;
  readonly isActive: boolean;
  readonly propertyIds: readonly PropertyId[];
}

/** Where an agent can be given conversations. */
export function answersAt(agent: Answering, all: readonly PropertyId[]): readonly PropertyId[] {
  if (!agent.isActive || !roleMay(agent.role, "conversation.reply")) return [];
  return reaches(agent, all);
}

/** Where an agent is among the people of a property. */
export function reaches(
  agent: Pick<Answering, "role" | "propertyIds">,
  all: readonly PropertyId[],
): readonly PropertyId[] {
  return worksEverywhere(agent.role) ? all : agent.propertyIds;
}

/** Where somebody answered before and no longer does. */
export function leavesAt(
  before: Answering,
  after: Answering,
  all: readonly PropertyId[],
): PropertyId[] {
  const still = new Set(answersAt(after, all));
  return answersAt(before, all).filter((id) => !still.has(id));
}

/** What to add and what to take away so that one set becomes another. */
export function difference<Id extends AgentId | PropertyId>(
  before: Iterable<Id>,
  after: Iterable<Id>,
): { readonly added: readonly Id[]; readonly removed: readonly Id[] } {
  const [had, has] = [new Set(before), new Set(after)];
  return {
    added: [...has].filter((id) => !had.has(id)),
    removed: [...had].filter((id) => !has.has(id)),
  };
}
