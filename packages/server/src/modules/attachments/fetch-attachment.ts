import { type AttachmentId, type ChannelId, limits } from "@foyer/contract";
import type { BlobStore } from "../../platform/blobs/blob-store.ts";
import type { JobHandler, JobOutcome } from "../../platform/jobs/index.ts";
import { FIELD } from "../../platform/keys/field-numbers.ts";
import type { Scope } from "../../platform/scope/index.ts";
import { fetchJobKind } from "./attach.ts";
import { dropContent, keepContent } from "./keep-content.ts";
import { recognise } from "./media/recognise.ts";
import { type Profile, sealProfile } from "./profile.ts";
import * as statements from "./store.ts";
import type { AttachmentRow } from "./tables.ts";

/** What came of asking a channel's provider for what a message brought. */
export type Fetched =
  | { readonly kind: "got"; readonly bytes: Uint8Array }
  /** For good. */
  | { readonly kind: "gone" }
  | { readonly kind: "later" };

/** Asks the channel's provider; bounded in time well below a job's lease, and in bytes. */
export type FetchMedia = (scope: Scope, channelId: ChannelId, url: string) => Promise<Fetched>;

const done: JobOutcome = { kind: "done" };

/**
 * Fetches what a guest's message brought. What is too large, or of a type that is not taken, is
 * lost like what the provider does not have any more: the message says so.
 */
export function fetchAttachmentJob(parts: {
  readonly blobs: BlobStore;
  readonly fetchMedia: FetchMedia;
}): JobHandler {
  return {
    kind: fetchJobKind,
    run: async (scope, job) => {
      const row = await load(scope, job.subject_id as AttachmentId);
      if (!row) return done;
      const url = scope.cipher.openText(FIELD.attachmentSource, row.id, row.source);
      const fetched = await parts.fetchMedia(scope, row.channel_id, url);
      if (fetched.kind === "later") return { kind: "again" };
      const profile =
        fetched.kind === "got" ? await keep(parts.blobs, scope, fetched.bytes) : undefined;
      const isOurs = await settle(scope, row, profile);
      if (!isOurs && profile) await dropContent(parts.blobs, scope, profile.contentId);
      return done;
    },
    giveUp: async (scope, job) => {
      const row = await load(scope, job.subject_id as AttachmentId);
      if (row) await settle(scope, row, undefined);
    },
  };
}

type Fetching = AttachmentRow & {
  readonly channel_id: ChannelId;
  readonly source: Uint8Array;
};

/** The job names an attachment under its own tenant; of a forged pair nothing is found. */
async function load({ read }: Scope, id: AttachmentId): Promise<Fetching | undefined> {
  const row = await read.first(statements.attachmentById, { id });
  const isFetching = row?.state === "fetching" && row.channel_id !== null && row.source !== null;
  return isFetching ? (row as Fetching) : undefined;
}

async function keep(
  blobs: BlobStore,
  scope: Scope,
  bytes: Uint8Array,
): Promise<Profile | undefined> {
  if (bytes.byteLength > limits.attachmentBytesMax) return undefined;
  const recognised = recognise(bytes);
  return recognised.kind === "taken" ? keepContent(blobs, scope, recognised, "") : undefined;
}

/** Ends the fetching, and tells whoever shows the message; false where it had ended before. */
async function settle(
  scope: Scope,
  { id, entry_id: entryId }: AttachmentRow,
  profile: Profile | undefined,
): Promise<boolean> {
  const settled = {
    id,
    state: profile ? ("ready" as const) : ("lost" as const),
    profile: profile ? sealProfile(scope.cipher, id, profile) : null,
    content_id: profile?.contentId ?? null,
  };
  return scope.transact(async (unit) => {
    const isOurs = (await unit.db.run(statements.settleAttachment, settled)) > 0;
    if (isOurs && entryId) await unit.notify({ name: "attachment.settled", entryId });
    return isOurs;
  });
}
