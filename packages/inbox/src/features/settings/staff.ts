import { type AgentId, type PropertyId, type Role, roles, rolesEverywhere } from "@foyer/contract";
import type { ManagedAgent } from "../../data/agents.ts";

/** The roles that somebody may give: nobody grants what they do not have. */
export function grantableRoles(own: Role): readonly Role[] {
  return own === "owner" ? roles : roles.filter((role) => role !== "owner");
}

/** Whether somebody may change a colleague at all: an owner is changed by owners. */
export function mayManage(own: Role, agent: Pick<ManagedAgent, "role">): boolean {
  return grantableRoles(own).includes(agent.role);
}

/** Whether a role reaches every property, so that there is nothing to choose. */
export function worksEverywhere(role: Role): boolean {
  return rolesEverywhere.includes(role);
}

/** Where an agent works, of the properties there are. */
export function propertiesOf<Property extends { readonly id: PropertyId }>(
  agent: Pick<ManagedAgent, "role" | "propertyIds">,
  properties: readonly Property[],
): readonly Property[] {
  if (worksEverywhere(agent.role)) return properties;
  return properties.filter(({ id }) => agent.propertyIds.includes(id));
}

/** Active colleagues by name, me first; those who left by name after them. */
export function inOrder(agents: readonly ManagedAgent[], me: AgentId) {
  const byName = [...agents].sort((one, other) => one.name.localeCompare(other.name));
  const active = byName.filter(({ isActive }) => isActive);
  return {
    active: [...active.filter(({ id }) => id === me), ...active.filter(({ id }) => id !== me)],
    left: byName.filter(({ isActive }) => !isActive),
  };
}

/** Without letters and digits that people confuse when they read a password out. */
const alphabet = "abcdefghjkmnpqrstuvwxyz23456789";
const groups = 4;
const groupCharacters = 4;
/** Bytes from here on would favour the alphabet's first characters. */
const fairBelow = 256 - (256 % alphabet.length);

/** A first password that can be read out, `k7mq-2xvd-…`: 79 bits from the given random bytes. */
export function suggestPassword(randomBytes: () => Uint8Array): string {
  const characters: string[] = [];
  while (characters.length < groups * groupCharacters) {
    for (const byte of randomBytes()) {
      if (byte < fairBelow) characters.push(alphabet.charAt(byte % alphabet.length));
    }
  }
  return Array.from({ length: groups }, (_, group) =>
    characters.slice(group * groupCharacters, (group + 1) * groupCharacters).join(""),
  ).join("-");
}
