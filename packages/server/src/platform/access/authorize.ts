import { type PropertyId, type Right, roleMay } from "@foyer/contract";
import { notFound, Refusal } from "../refusal.ts";
import type { Caller } from "./caller.ts";

/**
 * The first half of the one seam through which every use-case authorizes: does the caller's role
 * carry the right that the operation asks for? Asked before anything is looked up, so that the
 * answer is the same for an id that exists and for one that does not.
 *
 * @throws Refusal `right.missing`
 */
export function authorizeRole(caller: Caller, right: Right): void {
  if (!roleMay(caller.role, right)) throw new Refusal("right.missing");
}

/**
 * The second half: does the caller work where the thing is? If not, the thing does not exist for
 * them, and the answer is the one that any unknown id gets.
 *
 * @throws Refusal `resource.not_found`
 */
export function authorizeProperty(caller: Caller, propertyId: PropertyId): void {
  if (!caller.propertyIds.has(propertyId)) throw notFound();
}
