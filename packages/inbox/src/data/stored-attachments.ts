import { type Attachment, type AttachmentId, attachmentMediaTypes } from "@foyer/contract";
import { asId } from "./model.ts";

/** Reads attachments from storage; what is not one of ours, handed in whole, is left out. */
export function readAttachments(stored: unknown): readonly Attachment[] {
  if (!Array.isArray(stored)) return [];
  return stored.flatMap((candidate: unknown) => readAttachment(candidate) ?? []);
}

function readAttachment(candidate: unknown): Attachment | undefined {
  if (candidate === null || typeof candidate !== "object") return undefined;
  const { id, name, mediaType, bytes, width, height, url } = candidate as Attachment;
  const known = asId<AttachmentId>(id);
  if (!known || typeof name !== "string") return undefined;
  return {
    id: known,
    name,
    mediaType: attachmentMediaTypes.find((one) => one === mediaType) ?? null,
    bytes: numberOf(bytes),
    width: numberOf(width),
    height: numberOf(height),
    state: "ready",
    url: typeof url === "string" && /^https?:\/\//.test(url) ? url : null,
  };
}

function numberOf(value: unknown): number | null {
  return typeof value === "number" && value > 0 ? value : null;
}
