import type { Attachment, EntryId } from "@foyer/contract";
import type { Scope } from "../../platform/scope/index.ts";
import { profileOf } from "./profile.ts";
import * as statements from "./store.ts";
import type { AttachmentRow } from "./tables.ts";

/** What reading attachments takes: a scope has it all. */
export type AttachmentsReading = Pick<Scope, "read" | "cipher" | "linkTo">;

/** A screen asks for fresh links after so long. */
const screenLinkMs = 15 * 60_000;
/** A provider fetches what we send when it gets to it. */
const providerLinkMs = 60 * 60_000;

/** What these entries bring, each in its order: one statement, however many there are. */
export async function hydrateAttachments(
  reading: AttachmentsReading,
  entryIds: readonly EntryId[],
): Promise<ReadonlyMap<EntryId, Attachment[]>> {
  const byEntry = new Map<EntryId, Attachment[]>();
  if (entryIds.length === 0) return byEntry;
  const rows = await reading.read.all(statements.attachmentsOfEntries, { entryIds });
  for (const row of rows) {
    if (row.entry_id === null) continue;
    const own = byEntry.get(row.entry_id) ?? [];
    byEntry.set(row.entry_id, [...own, presentAttachment(reading, row)]);
  }
  return byEntry;
}

/** What a provider is told of a message's attachments: addresses that it may fetch for an hour. */
export async function outboundMedia(
  reading: AttachmentsReading,
  entryId: EntryId,
): Promise<{ readonly url: string; readonly mediaType: string; readonly name: string }[]> {
  const rows = await reading.read.all(statements.attachmentsOfEntries, { entryIds: [entryId] });
  return rows.flatMap((row) => {
    const profile = profileOf(reading.cipher, row);
    if (profile === null) return [];
    const { mediaType, name } = profile;
    return [{ url: reading.linkTo(row.id, providerLinkMs), mediaType, name }];
  });
}

/** A row as the contract shows it. */
export function presentAttachment(
  { cipher, linkTo }: Pick<AttachmentsReading, "cipher" | "linkTo">,
  row: AttachmentRow,
): Attachment {
  const profile = profileOf(cipher, row);
  return {
    id: row.id,
    name: profile?.name ?? "",
    mediaType: profile?.mediaType ?? null,
    bytes: profile?.bytes ?? null,
    width: profile?.width ?? null,
    height: profile?.height ?? null,
    state: row.state,
    url: profile === null ? null : linkTo(row.id, screenLinkMs),
  };
}
