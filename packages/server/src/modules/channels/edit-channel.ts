import type { ChannelId, OperationParsed, operations, PropertyId } from "@foyer/contract";
import type { Context } from "../../platform/access/index.ts";
import { settingsChanged } from "../../platform/feed/index.ts";
import { FIELD, TABLE } from "../../platform/keys/field-numbers.ts";
import { notFound, Refusal } from "../../platform/refusal.ts";
import type { Unit } from "../../platform/scope/index.ts";
import { macOf } from "../tenancy/index.ts";
import { changeAccount } from "./adapters/twilio/account.ts";
import { describeChannel, reachChannel, type SettingsParts } from "./channel-settings.ts";
import { openChannel } from "./channels.ts";
import * as statements from "./store.ts";
import type { ChannelRow } from "./tables.ts";

/**
 * Gives a channel another account or another token. The token before opens its webhook for one
 * hour more, so that no guest's text is refused while the provider changes over.
 *
 * @throws Refusal `channel.not_editable` for one that has no account, or has ended;
 *   `version.conflict`
 */
export function createUpdateChannel(parts: SettingsParts) {
  return async (context: Context, input: OperationParsed<(typeof operations)["updateChannel"]>) => {
    await context.transact(async (unit) => {
      const row = await lockIn(unit, input);
      const { kind, isActive, settings } = openChannel(unit.cipher, row);
      if (kind !== "twilio" || !isActive) throw new Refusal("channel.not_editable");
      if (row.version !== input.version) {
        throw new Refusal("version.conflict", { facts: { version: row.version } });
      }
      const account = changeAccount(settings, input, unit.now);
      const sealed = unit.cipher.sealJson(FIELD.channelSettings, row.id, account);
      await save(unit, { ...row, settings: sealed }, "channel.changed", context);
    });
    parts.knownChannels.forget(input.channelId);
    return describeChannel(parts, context, await reachChannel(context, input));
  };
}

/** Disconnects a channel: its address is free again, and the row stays for what was said on it. */
export function createEndChannel({ knownChannels }: Pick<SettingsParts, "knownChannels">) {
  return async (context: Context, input: OperationParsed<(typeof operations)["endChannel"]>) => {
    await context.transact(async (unit) => {
      const row = await lockIn(unit, input);
      openChannel(unit.cipher, row);
      if (row.ended_at !== null) return;
      const ended = { ...row, ended_at: unit.now, address_index: null };
      await save(unit, ended, "channel.ended", context);
    });
    knownChannels.forget(input.channelId);
    return undefined;
  };
}

async function lockIn(
  unit: Unit,
  named: { readonly propertyId: PropertyId; readonly channelId: ChannelId },
): Promise<ChannelRow> {
  const row = await unit.db.first(statements.lockChannel, { id: named.channelId });
  if (row?.property_id !== named.propertyId) throw notFound();
  return row;
}

async function save(
  unit: Unit,
  changed: ChannelRow,
  act: "channel.changed" | "channel.ended",
  { caller: { agentId } }: Context,
): Promise<void> {
  const row = { ...changed, version: changed.version + 1 };
  const { id, address_index, settings, ended_at, version } = row;
  const mac = macOf(unit.cipher, TABLE.channel, version, row);
  const saved = { id, address_index, settings, ended_at, version, mac };
  await unit.db.run(statements.saveChannel, saved);
  unit.record({ act, agentId, subjectId: id });
  unit.change(settingsChanged(row.property_id, agentId));
}
