import type { AgentId, OperationParsed, operations, PropertyId, Role } from "@foyer/contract";
import type { Context } from "../../platform/access/index.ts";
import { FIELD, TABLE } from "../../platform/keys/field-numbers.ts";
import { Refusal } from "../../platform/refusal.ts";
import type { Unit } from "../../platform/scope/index.ts";
import type { Directory } from "../directory/index.ts";
import { endSessionsOf } from "./end-session.ts";
import { holdPeople } from "./hold.ts";
import { type KnownAgent, knownAgent, managedAgent } from "./managed-agents.ts";
import { listProperties } from "./people.ts";
import { placeAgent, removeAgent } from "./provision-tenant.ts";
import { assertGenuine, macOf } from "./row-mac.ts";
import {
  type Answering,
  difference,
  isBeyondOwn,
  leavesAt,
  reaches,
  type Standing,
} from "./rules.ts";
import * as statements from "./store.ts";
import { tellProperties } from "./tell-properties.ts";
import { conflict } from "./update-property.ts";

type Input<Key extends keyof typeof operations> = OperationParsed<(typeof operations)[Key]>;

/** Changes a colleague's name, role or places, as far as they are the caller's own to give. */
export async function changeAgent(context: Context, input: Input<"updateAgent">) {
  const { agentId, version, name, role } = input;
  const propertyIds = input.propertyIds && [...new Set(input.propertyIds)];
  return rewrite(context, agentId, "agent.updated", (before) => {
    if (before.version !== version) throw conflict(before.version);
    return {
      ...before,
      name: name ?? before.name,
      role: role ?? before.role,
      propertyIds: propertyIds ?? before.propertyIds,
    };
  });
}

/** Lets a colleague sign in no more: sessions end, and what they hold is handed back. */
export async function deactivateAgent(
  context: Context,
  directory: Directory,
  { agentId }: Input<"deactivateAgent">,
) {
  const decide = (before: Before) => ({ ...before, isActive: false });
  return rewrite(context, agentId, "agent.deactivated", decide, async (unit) => {
    await endSessionsOf(unit, directory, agentId);
    await directory.remove(unit, "sign_in_email", agentId);
  });
}

/** Lets a colleague sign in again, as what they were and where they worked. */
export async function reactivateAgent(
  context: Context,
  directory: Directory,
  { agentId }: Input<"reactivateAgent">,
) {
  const decide = (before: Before) => ({ ...before, isActive: true });
  return rewrite(context, agentId, "agent.reactivated", decide, async (unit, { email }) => {
    // Somebody may have signed in in the very moment in which they were deactivated.
    await endSessionsOf(unit, directory, agentId);
    await directory.add(unit, "sign_in_email", email, agentId);
  });
}

type Before = KnownAgent;
type After = Answering & { readonly name: string };

/**
 * Makes an agent another. All that decides who may what passes here, one after another, and each
 * looks at what the one before left. What is so already is left alone.
 */
async function rewrite(
  context: Context,
  agentId: AgentId,
  act: string,
  decide: (before: Before) => After,
  doBesides: (unit: Unit, before: Before) => Promise<void> = async () => {},
) {
  const all = (await listProperties(context)).map(({ id }) => id);
  const by = context.caller.agentId;
  await tellProperties(context, async (unit) => {
    const manager = await holdPeople(unit, context.caller);
    const before = await knownAgent({ read: unit.db, cipher: unit.cipher }, agentId);
    const after = decide(before);
    assertOwn(manager, before, after);
    if (isSame(before, after)) return [];
    await assertOwnerStays(unit, before, after);
    await save(unit, before, after);
    await doBesides(unit, before);
    const propertyIds = leavesAt(before, after, all);
    if (propertyIds.length > 0) {
      await unit.notify({ name: "agent.left", agentId, propertyIds, byAgentId: by });
    }
    unit.record({ act, agentId: by, subjectId: agentId });
    return [...new Set([...reaches(before, all), ...reaches(after, all)])];
  });
  return { agent: await managedAgent(context, agentId) };
}

/** @throws Refusal `agent.beyond_own` */
function assertOwn(manager: Standing, before: Before, after: After): void {
  const { added, removed } = difference(before.propertyIds, after.propertyIds);
  const isBeyond =
    isBeyondOwn(manager, before.role, []) ||
    isBeyondOwn(manager, after.role, [...added, ...removed]);
  if (isBeyond) throw new Refusal("agent.beyond_own");
}

function isSame(before: Before, after: After): boolean {
  const { added, removed } = difference(before.propertyIds, after.propertyIds);
  return (
    before.name === after.name &&
    before.role === after.role &&
    before.isActive === after.isActive &&
    added.length + removed.length === 0
  );
}

/** @throws Refusal `agent.last_owner`: without one nobody could ever make another */
async function assertOwnerStays(unit: Unit, before: Before, after: After): Promise<void> {
  const isOwner = ({ role, isActive }: { role: Role; isActive: boolean }) =>
    isActive && role === "owner";
  if (!isOwner(before) || isOwner(after)) return;
  const owners = await unit.db.all(statements.activeOwners, {});
  for (const row of owners) assertGenuine(unit.cipher, TABLE.agent, row.version, row);
  if (!owners.some(({ id }) => id !== before.row.id)) throw new Refusal("agent.last_owner");
}

async function save(unit: Unit, before: Before, after: After): Promise<void> {
  const { mac: _, ...row } = before.row;
  const { id, version } = row;
  const changed = {
    ...row,
    profile: unit.cipher.sealJson(FIELD.agentProfile, id, {
      name: after.name,
      email: before.email,
    }),
    role: after.role,
    ended_at: after.isActive ? null : unit.now,
    version: version + 1,
  };
  const mac = macOf(unit.cipher, TABLE.agent, changed.version, changed);
  const written = await unit.db.run(statements.updateAgent, { ...changed, version, mac });
  if (written === 0) throw new Error("An agent changed while everybody else was kept from it");
  await setPlaces(unit, id, before.propertyIds, after.propertyIds);
}

async function setPlaces(
  unit: Unit,
  agentId: AgentId,
  before: readonly PropertyId[],
  after: readonly PropertyId[],
): Promise<void> {
  const { added, removed } = difference(before, after);
  for (const id of added) await placeAgent(unit, agentId, id);
  for (const id of removed) await removeAgent(unit, agentId, id);
}
