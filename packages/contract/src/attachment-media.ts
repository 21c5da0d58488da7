/** What a message may bring. Nothing that a browser would run is among them. */
export const attachmentMediaTypes = [
  "image/jpeg",
  "image/png",
  "image/gif",
  "image/webp",
  "application/pdf",
  "text/vcard",
] as const;
export type AttachmentMediaType = (typeof attachmentMediaTypes)[number];
