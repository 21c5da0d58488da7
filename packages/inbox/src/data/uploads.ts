import type {
  Attachment,
  AttachmentId,
  Conversation,
  ConversationId,
  PropertyId,
  RefusalCode,
} from "@foyer/contract";
import { createStore } from "../store/store.ts";
import { call, isTemporary, refusalCodeOf } from "./api.ts";
import { keepAttachments } from "./drafts.ts";
import { connection } from "./live/connection.ts";
import { putFile } from "./put-file.ts";
import { mintUuidV7 } from "./uuid-v7.ts";

/** A file on its way to the server. Its id is minted here, once: trying again is safe. */
export interface Upload {
  readonly id: AttachmentId;
  readonly propertyId: PropertyId;
  readonly conversationId: ConversationId;
  readonly file: File;
  /** How much is over, from 0 to 1. */
  readonly part: number;
  /** Null: it is under way, or waits for its turn or the line. A code: the server refused it. */
  readonly refusal: RefusalCode | null;
}

/** Files that are not handed in yet. Gone with the page, which alone has their bytes. */
export const uploads = createStore<readonly Upload[]>([]);

const nameCharactersMax = 200;
const retryAfterMs = 4_000;
let current: { readonly id: AttachmentId; readonly stop: AbortController } | undefined;
let retry: ReturnType<typeof setTimeout> | undefined;

/** Begins to hand in files for a conversation's next answer, one after another. */
export function attachFiles(
  { id: conversationId, propertyId }: Pick<Conversation, "id" | "propertyId">,
  files: readonly File[],
): void {
  const added = files.map((file): Upload => {
    const id = mintUuidV7() as AttachmentId;
    return { id, propertyId, conversationId, file, part: 0, refusal: null };
  });
  uploads.update((now) => [...now, ...added]);
  uploadNext();
}

/** Leaves a file out, whether it is over or not. */
export function removeAttachment(conversationId: ConversationId, id: AttachmentId): void {
  uploads.update((now) => now.filter((one) => one.id !== id));
  keepAttachments(conversationId, (now) => now.filter((one) => one.id !== id));
  if (current?.id === id) current.stop.abort();
}

/** Somebody else may sit here next. */
export function forgetUploads(): void {
  clearTimeout(retry);
  uploads.set([]);
  current?.stop.abort();
}

function uploadNext(): void {
  clearTimeout(retry);
  const next = uploads.get().find(({ refusal }) => refusal === null);
  if (next && !current) void upload(next);
}

async function upload({ id, propertyId, conversationId, file }: Upload): Promise<void> {
  const stop = new AbortController();
  current = { id, stop };
  try {
    const attachment = await putFile({
      propertyId,
      attachmentId: id,
      name: file.name.slice(0, nameCharactersMax) || "file",
      file,
      onProgress: (part) => change(id, { part }),
      signal: stop.signal,
    });
    if (uploads.get().some((one) => one.id === id)) {
      keepAttachments(conversationId, (now) => [...now, attachment]);
    }
    uploads.update((now) => now.filter((one) => one.id !== id));
  } catch (error) {
    if (isTemporary(error)) retry = setTimeout(uploadNext, retryAfterMs);
    else change(id, { refusal: refusalCodeOf(error) ?? "service.failed" });
    change(id, { part: 0 });
  } finally {
    current = undefined;
  }
  if (!isWaiting(id)) uploadNext();
}

/** Whether it failed for now: the line or the clock tries it again, nothing overtakes it. */
function isWaiting(id: AttachmentId): boolean {
  return uploads.get().some((one) => one.id === id && one.refusal === null);
}

function change(id: AttachmentId, what: Partial<Upload>): void {
  uploads.update((now) => now.map((one) => (one.id === id ? { ...one, ...what } : one)));
}

connection.subscribe(() => {
  if (connection.get().isConnected) uploadNext();
});

/** Asks for an attachment with a fresh link: the one at hand is short-lived. */
export async function freshAttachment(
  propertyId: PropertyId,
  attachmentId: AttachmentId,
): Promise<Attachment> {
  return (await call("getAttachment", { propertyId, attachmentId })).attachment;
}
