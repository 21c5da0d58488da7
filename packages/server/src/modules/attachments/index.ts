import { operations } from "@foyer/contract";
import { route } from "../../platform/access/index.ts";
import type { BlobStore } from "../../platform/blobs/blob-store.ts";
import type { ModuleManifest } from "../../platform/manifest.ts";
import { type FetchMedia, fetchAttachmentJob } from "./fetch-attachment.ts";
import { getAttachment } from "./get-attachment.ts";
import { attachmentMigration, attachmentTables } from "./tables.ts";
import { tidyAttachments } from "./tidy.ts";
import { createUploadAttachment } from "./upload-attachment.ts";

export { attach, attachAgain, expect } from "./attach.ts";
export type { Fetched, FetchMedia } from "./fetch-attachment.ts";
export {
  type AttachmentsReading,
  hydrateAttachments,
  outboundMedia,
} from "./present.ts";
export { bindFiles } from "./serve-file.ts";

export interface AttachmentsParts {
  readonly blobs: BlobStore;
  /** Given by `channels`, which comes after and knows the providers. */
  readonly fetchMedia: FetchMedia;
}

/** Pictures, documents and contact cards: in, sealed, and out again by signed links. */
export function createAttachments({ blobs, fetchMedia }: AttachmentsParts): ModuleManifest {
  return {
    name: "attachments",
    tables: attachmentTables,
    migrations: [attachmentMigration],
    routes: [
      route(operations.uploadAttachment, createUploadAttachment(blobs)),
      route(operations.getAttachment, getAttachment),
    ],
    jobs: [fetchAttachmentJob({ blobs, fetchMedia })],
    tidy: (scope) => tidyAttachments(blobs, scope),
  };
}
