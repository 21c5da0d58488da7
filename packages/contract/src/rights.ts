/**
 * Who may do what. A right is what an operation asks for; a role is a column of this table.
 * Roles are the five given ones; a tenant's own roles will be further columns.
 */
export const roles = ["owner", "administrator", "supervisor", "agent", "read_only"] as const;
export type Role = (typeof roles)[number];

const everybody: readonly Role[] = roles;
const answering: readonly Role[] = ["owner", "administrator", "supervisor", "agent"];
const leading: readonly Role[] = ["owner", "administrator", "supervisor"];
const managing: readonly Role[] = ["owner", "administrator"];

export const rights = {
  "conversation.read": everybody,
  "conversation.reply": answering,
  "conversation.note": answering,
  "conversation.assign": answering,
  "conversation.close": answering,
  "conversation.start": answering,
  "contact.read": everybody,
  "contact.edit": answering,
  "contact.block": leading,
  "delivery.read": leading,
  "delivery.replay": leading,
  "property.read": everybody,
  /** Labels, templates, and how the shift stands. */
  "property.lead": leading,
  /** The property itself, its teams and fields. */
  "property.manage": managing,
  "channel.manage": managing,
  "agent.manage": managing,
  "session.own": everybody,
} as const satisfies Record<string, readonly Role[]>;

export type Right = keyof typeof rights;

/** Says whether a role carries a right. */
export function roleMay(role: Role, right: Right): boolean {
  return (rights[right] as readonly Role[]).includes(role);
}

/** All rights of a role: what a screen shows, the server asks again. */
export function rightsOf(role: Role): Right[] {
  return (Object.keys(rights) as Right[]).filter((right) => roleMay(role, right));
}

/** Roles that reach every property of their tenant without being a member of it. */
export const rolesEverywhere: readonly Role[] = ["owner", "administrator"];
