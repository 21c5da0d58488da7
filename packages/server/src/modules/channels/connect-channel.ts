import { randomBytes } from "node:crypto";
import type { OperationParsed, operations } from "@foyer/contract";
import type { Context } from "../../platform/access/index.ts";
import { settingsChanged } from "../../platform/feed/index.ts";
import { Refusal } from "../../platform/refusal.ts";
import { normalizeAddress } from "../contacts/index.ts";
import type { Directory } from "../directory/index.ts";
import { isDemoTenant } from "../tenancy/index.ts";
import { describeChannel, reachChannel, type SettingsParts } from "./channel-settings.ts";
import { createChannel, findChannel } from "./channels.ts";

type Input = OperationParsed<(typeof operations)["createChannel"]>;

/** 192 bits: nobody guesses the address that a provider calls. */
const channelKeyBytes = 24;

/**
 * Connects a number of a Twilio account. The demo never does: its guests are nobody, and nobody's
 * phone must ring. A call that is repeated because its answer was lost finds what it made.
 *
 * A number is connected once per tenant. Two tenants may each claim the same one and neither
 * learns of the other: what arrives must be signed by the account that owns it, and comes only to
 * the address that this account was told.
 *
 * @throws Refusal `channel.demo_only`, `channel.address_invalid`, `channel.address_taken`,
 *   `entry.id_taken`
 */
export function createConnectChannel(parts: SettingsParts & { readonly directory: Directory }) {
  return async (context: Context, input: Input) => {
    if (await isDemoTenant(context)) throw new Refusal("channel.demo_only");
    const address = normalizeAddress({ kind: "phone", value: input.address }, undefined)?.value;
    if (address === undefined) throw new Refusal("channel.address_invalid");
    if (!(await wasMadeBefore(context, input, address))) {
      await connect(parts, context, input, address);
    }
    return describeChannel(parts, context, await reachChannel(context, input));
  };
}

async function connect(
  { directory }: { readonly directory: Directory },
  context: Context,
  input: Input,
  address: string,
): Promise<void> {
  const { channelId: id, propertyId, kind, accountSid, authToken } = input;
  const { agentId } = context.caller;
  const settings = { address, accountSid, authToken };
  const channelKey = randomBytes(channelKeyBytes).toString("base64url");
  const given = { id, propertyId, kind, settings, channelKey, agentId };
  await context.transact(async (unit) => {
    await createChannel(unit, directory, given);
    unit.change(settingsChanged(propertyId, agentId));
  });
}

/** @throws Refusal `entry.id_taken` where the id stands for another channel */
async function wasMadeBefore(context: Context, input: Input, address: string): Promise<boolean> {
  const known = await findChannel(context, input.channelId);
  if (!known) return false;
  const isSame =
    known.isActive &&
    known.propertyId === input.propertyId &&
    known.kind === input.kind &&
    known.settings.address === address &&
    known.settings["accountSid"] === input.accountSid;
  if (!isSame) throw new Refusal("entry.id_taken");
  return true;
}
