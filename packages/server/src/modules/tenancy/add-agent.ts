import type { OperationParsed, operations } from "@foyer/contract";
import { limits } from "@foyer/contract";
import type { Context } from "../../platform/access/index.ts";
import { FIELD } from "../../platform/keys/field-numbers.ts";
import { Refusal } from "../../platform/refusal.ts";
import type { Unit } from "../../platform/scope/index.ts";
import type { Directory } from "../directory/index.ts";
import { holdPeople } from "./hold.ts";
import { knownAgent, managedAgent } from "./managed-agents.ts";
import { hashPassword, verifyPassword } from "./password.ts";
import { listProperties } from "./people.ts";
import { insertAgent } from "./provision-tenant.ts";
import { difference, isBeyondOwn, isEmail, normalizeEmail, reaches } from "./rules.ts";
import * as statements from "./store.ts";
import { tellProperties } from "./tell-properties.ts";

type Input = OperationParsed<(typeof operations)["createAgent"]>;

/** Lets a colleague sign in. The same call again finds whom it made. */
export async function addAgent(context: Context, directory: Directory, given: Input) {
  const email = readEmail(given.email);
  const input = { ...given, email, propertyIds: [...new Set(given.propertyIds)] };
  if (!(await wasMadeBefore(context, input))) {
    const hashed = await hashPassword(input.password);
    try {
      await write(context, directory, { ...input, hashed });
    } catch (error) {
      // The same call, made twice at once: the other was faster.
      const isTaken = error instanceof Refusal && error.code === "entry.id_taken";
      if (!isTaken || !(await wasMadeBefore(context, input))) throw error;
    }
  }
  return { agent: await managedAgent(context, input.agentId) };
}

/** @throws Refusal `agent.email_invalid` */
export function readEmail(typed: string): string {
  const email = normalizeEmail(typed);
  if (!isEmail(email)) throw new Refusal("agent.email_invalid");
  return email;
}

async function wasMadeBefore(context: Context, input: Input): Promise<boolean> {
  const { agentId: id, name, email, role, password } = input;
  if (!(await context.read.first(statements.agentById, { id }))) return false;
  const made = await knownAgent(context, id);
  const { added, removed } = difference(made.propertyIds, input.propertyIds);
  const isSame =
    made.name === name &&
    made.email === email &&
    made.role === role &&
    made.isActive &&
    added.length + removed.length === 0;
  const hashed = context.cipher.openText(FIELD.agentPassword, id, made.row.password);
  if (!isSame || !(await verifyPassword(password, hashed))) throw new Refusal("entry.id_taken");
  return true;
}

type Hashed = Input & { readonly hashed: string };

async function write(context: Context, directory: Directory, input: Hashed): Promise<void> {
  const { agentId: by } = context.caller;
  const all = (await listProperties(context)).map(({ id }) => id);
  await tellProperties(context, async (unit) => {
    const manager = await holdPeople(unit, context.caller);
    if (isBeyondOwn(manager, input.role, input.propertyIds)) throw new Refusal("agent.beyond_own");
    await assertFree(unit, input);
    await insertAgent(unit, directory, { ...input, id: input.agentId }, by);
    return reaches(input, all);
  });
}

async function assertFree(unit: Unit, { agentId: id, email }: Input): Promise<void> {
  if (await unit.db.first(statements.agentById, { id })) throw new Refusal("entry.id_taken");
  const emailIndex = unit.cipher.index(FIELD.agentEmailIndex, email);
  if (await unit.db.first(statements.agentByEmail, { emailIndex })) {
    throw new Refusal("agent.email_taken");
  }
  const { count = 0 } = (await unit.db.first(statements.agentCount, {})) ?? {};
  if (count >= limits.agentsPerTenantMax) throw new Refusal("settings.too_many");
}
