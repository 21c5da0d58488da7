import type { AttachmentMediaType } from "@foyer/contract";

/** The endings under which each type is known, the usual one first. */
const endings: Readonly<Record<AttachmentMediaType, readonly [string, ...string[]]>> = {
  "image/jpeg": ["jpg", "jpeg", "jpe", "jfif"],
  "image/png": ["png", "apng"],
  "image/gif": ["gif"],
  "image/webp": ["webp"],
  "application/pdf": ["pdf"],
  "text/vcard": ["vcf", "vcard"],
};

const nameCharactersMax = 120;
const unnamed = "attachment";

/**
 * A name under which somebody's machine may keep a file: no folders, nothing unseen, nothing that
 * turns the writing round so that the ending looks like another, and the ending of what it is.
 */
export function safeFileName(name: string, mediaType: AttachmentMediaType): string {
  const plain = name
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}]/gu, "")
    .replace(/["*/:<>?\\|]/g, "_")
    .replace(/^[\s.]+|[\s.]+$/g, "");
  const known = endings[mediaType];
  const ending = /\.([^.]+)$/.exec(plain)?.[1]?.toLowerCase();
  const hasOwn = ending !== undefined && known.includes(ending);
  const stem = hasOwn ? plain.slice(0, -ending.length - 1) : plain;
  const short = Array.from(stem).slice(0, nameCharactersMax).join("").trimEnd();
  return `${short || unnamed}.${hasOwn ? ending : known[0]}`;
}

/**
 * The header that says whether a file is shown or kept, and under which name (RFC 6266): in ASCII
 * for whoever reads no more, and in UTF-8 (RFC 8187).
 */
export function contentDisposition(
  kind: "inline" | "attachment",
  name: string,
  mediaType: AttachmentMediaType,
): string {
  const safe = safeFileName(name, mediaType);
  const ascii = safe
    .normalize("NFKD")
    .replace(/[^\x20-\x7e]/g, "")
    .replace(/[%;]/g, "_");
  const plain = safeFileName(ascii, mediaType);
  const encoded = encodeURIComponent(safe).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${kind}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
