import { type KeyObject, timingSafeEqual } from "node:crypto";
import type { AttachmentId, TenantId } from "@foyer/contract";
import { idFromBytes, idToBytes } from "./ids.ts";
import { hmac } from "./keys/derive-key.ts";
import { lengthPrefixed } from "./keys/length-prefixed.ts";

/** Where the files of all tenants lie, below the files origin. */
export const filesPath = "/f/";

/**
 * Links end on whole steps of this: a page that is read twice within one has the same links in it,
 * and shows the pictures that it has.
 */
const stepMs = 5 * 60_000;

const format = 1;
const tenantFrom = 1;
const attachmentFrom = 17;
const expiryFrom = 33;
const macFrom = 39;
const linkBytes = 71;
const linkCharacters = Math.ceil((linkBytes * 4) / 3);

/** What a link leads to. */
export interface LinkedFile {
  readonly tenantId: TenantId;
  readonly attachmentId: AttachmentId;
}

export interface FileLinks {
  /** The address of a file, good until an instant (integer ms) or a little longer. */
  write(file: LinkedFile, until: number): string;
  /** What stands after `filesPath` in a link of ours; undefined if altered, guessed or over. */
  read(token: string, now: number): (LinkedFile & { readonly expiresAt: number }) | undefined;
}

/**
 * Makes and reads links to files: format (1), tenant (16), attachment (16), expiry in ms (6), and
 * an HMAC-SHA-256 over these, in base64url. The key is the installation's and not the tenant's, so
 * that a guessed link is refused before any tenant's keys are asked for.
 *
 * @param origin where the files are served; asked for at every link, for a port may be known late
 */
export function createFileLinks(key: KeyObject, origin: () => string): FileLinks {
  const macOf = (head: Uint8Array) => hmac(key, lengthPrefixed(["file-link", head]));
  return {
    write: ({ tenantId, attachmentId }, until) => {
      const head = Buffer.alloc(macFrom);
      head[0] = format;
      head.set(idToBytes(tenantId), tenantFrom);
      head.set(idToBytes(attachmentId), attachmentFrom);
      head.writeUIntBE(Math.ceil(until / stepMs) * stepMs, expiryFrom, macFrom - expiryFrom);
      const token = Buffer.concat([head, macOf(head)]).toString("base64url");
      return `${origin()}${filesPath}${token}`;
    },
    read: (token, now) => {
      if (token.length !== linkCharacters) return undefined;
      const link = Buffer.from(token, "base64url");
      // Two writings of the same bytes would be two links.
      if (link.length !== linkBytes || link.toString("base64url") !== token) return undefined;
      const head = link.subarray(0, macFrom);
      if (!timingSafeEqual(link.subarray(macFrom), macOf(head)) || head[0] !== format) {
        return undefined;
      }
      const expiresAt = head.readUIntBE(expiryFrom, macFrom - expiryFrom);
      if (now >= expiresAt) return undefined;
      return {
        tenantId: idFromBytes(head.subarray(tenantFrom, attachmentFrom)) as TenantId,
        attachmentId: idFromBytes(head.subarray(attachmentFrom, expiryFrom)) as AttachmentId,
        expiresAt,
      };
    },
  };
}
