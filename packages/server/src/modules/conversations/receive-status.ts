import type { EntryId, FailureCode } from "@foyer/contract";
import { FIELD } from "../../platform/keys/field-numbers.ts";
import type { StatusArrived, Unit } from "../../platform/scope/index.ts";
import { Unreadable } from "../channels/index.ts";
import * as entries from "./entry-store.ts";
import { lockFor, move } from "./move-message.ts";
import { movesOn } from "./rules.ts";
import type { EntryRow } from "./tables.ts";

/**
 * Takes in what a provider says of a message that we sent. Reports come late, twice and in any
 * order: only one that moves the message on does anything.
 *
 * @throws Unreadable `message_unknown` for a message that is not ours, or not yet: the delivery
 *   is kept and tried again
 */
export async function receiveStatus(unit: Unit, arrived: StatusArrived): Promise<void> {
  const entry = await find(unit, arrived);
  const isOurs = entry?.kind === "outbound" && entry.channel_id === arrived.channelId;
  // Nobody has been given a message that is still queued, so nobody can know what became of it.
  if (!isOurs || entry.state === "queued") throw new Unreadable("message_unknown");
  const failure = arrived.state === "failed" ? (arrived.failure as FailureCode) : null;
  // Read again under the conversation's lock: the sending may be moving it right now.
  await lockFor(unit, entry, failure);
  const [current] = await unit.db.all(entries.entriesByIds, { ids: [entry.id] });
  if (!current?.state || !movesOn(current.state, arrived.state)) return;
  await move(unit, current, {
    from: current.state,
    to: arrived.state,
    failure,
    providerIndex: unit.cipher.index(FIELD.entryProviderIdIndex, arrived.providerId),
  });
}

/** By our own id where the provider hands it back, else by the provider's. */
async function find(unit: Unit, arrived: StatusArrived): Promise<EntryRow | undefined> {
  const id = arrived.entryId ?? (await idByProvider(unit, arrived.providerId));
  if (!id) return undefined;
  const [entry] = await unit.db.all(entries.entriesByIds, { ids: [id] });
  return entry;
}

async function idByProvider(unit: Unit, providerId: string): Promise<EntryId | undefined> {
  const providerIndex = unit.cipher.index(FIELD.entryProviderIdIndex, providerId);
  return (await unit.db.first(entries.entryByProvider, { providerIndex }))?.id;
}
