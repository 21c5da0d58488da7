import {
  type AttachmentMediaType,
  attachmentMediaTypes,
  type Channel,
  limits,
} from "@foyer/contract";

/** What of files that somebody chose can be handed in, and why the first other cannot. */
export interface CheckedFiles<Given> {
  readonly taken: readonly Given[];
  readonly problem: FileProblem | null;
}

export type FileProblem =
  | { readonly kind: "type"; readonly name: string }
  | { readonly kind: "empty"; readonly name: string }
  | { readonly kind: "size"; readonly name: string; readonly bytesMax: number }
  | { readonly kind: "count"; readonly max: number };

interface Given {
  readonly name: string;
  readonly type: string;
  readonly size: number;
}

const typesByEnding: Readonly<Record<string, AttachmentMediaType>> = {
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  png: "image/png",
  gif: "image/gif",
  webp: "image/webp",
  pdf: "application/pdf",
  vcf: "text/vcard",
};

/** What a file dialog offers: by type, and by ending where a system knows no type. */
export const acceptedFiles = [
  ...attachmentMediaTypes,
  "text/x-vcard",
  ...Object.keys(typesByEnding).map((ending) => `.${ending}`),
].join(",");

/** What a file says it is; the server looks for itself. Undefined: nothing that is taken. */
export function mediaTypeOf({ name, type }: Given): AttachmentMediaType | undefined {
  const said = type === "text/x-vcard" ? "text/vcard" : type.split(";")[0];
  const known = attachmentMediaTypes.find((one) => one === said);
  if (known || said !== "") return known;
  return typesByEnding[name.split(".").at(-1)?.toLowerCase() ?? ""];
}

type Capabilities = Pick<Channel["capabilities"], "attachmentsMax" | "attachmentBytesMax">;

/** Tells before anything is sent what a channel would not take. */
export function checkFiles<File extends Given>(
  files: readonly File[],
  alreadyThere: number,
  { attachmentsMax, attachmentBytesMax }: Capabilities,
): CheckedFiles<File> {
  const max = Math.min(attachmentsMax, limits.attachmentsPerMessageMax);
  const bytesMax = Math.min(attachmentBytesMax, limits.attachmentBytesMax);
  const taken: File[] = [];
  let problem: FileProblem | null = null;
  for (const file of files) {
    const found = problemOf(file, bytesMax);
    const isTooMany = alreadyThere + taken.length >= max;
    if (found === null && !isTooMany) taken.push(file);
    else problem ??= found ?? { kind: "count", max };
  }
  return { taken, problem };
}

function problemOf(file: Given, bytesMax: number): FileProblem | null {
  const { name, size } = file;
  if (!mediaTypeOf(file)) return { kind: "type", name };
  if (size === 0) return { kind: "empty", name };
  return size > bytesMax ? { kind: "size", name, bytesMax } : null;
}
