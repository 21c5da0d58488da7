import type { AttachmentMediaType } from "@foyer/contract";

const typeWords: Record<AttachmentMediaType, string> = {
  "image/jpeg": "Picture",
  "image/png": "Picture",
  "image/gif": "Picture",
  "image/webp": "Picture",
  "application/pdf": "PDF",
  "text/vcard": "Contact card",
};

/** What a file is, as people call it. */
export function fileTypeWords(mediaType: AttachmentMediaType | null): string {
  return mediaType === null ? "" : typeWords[mediaType];
}

const kilobyte = 1_000;
const megabyte = 1_000_000;

/** "640 kB", "2.4 MB"; empty where the size is not known. */
export function fileSize(bytes: number | null): string {
  if (bytes === null) return "";
  if (bytes < kilobyte) return "1 kB";
  if (bytes < megabyte) return `${Math.round(bytes / kilobyte)} kB`;
  return `${(bytes / megabyte).toLocaleString("en-GB", { maximumFractionDigits: 1 })} MB`;
}
