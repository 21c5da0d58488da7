import { Readable } from "node:stream";
import type { FastifyInstance, FastifyReply } from "fastify";
import type { BlobStore } from "../../platform/blobs/blob-store.ts";
import type { Clock } from "../../platform/clock.ts";
import { type FileLinks, filesPath, type LinkedFile } from "../../platform/file-links.ts";
import { refusalFor, sendProblem } from "../../platform/http/index.ts";
import { KeyServiceFault } from "../../platform/keys/key-service.ts";
import { SealBroken } from "../../platform/keys/tenant-cipher.ts";
import { describeError, type Log } from "../../platform/log.ts";
import { Fault, notFound } from "../../platform/refusal.ts";
import type { OpenScope } from "../../platform/scope/index.ts";
import { ContentDamaged, readContent } from "./content.ts";
import { contentDisposition } from "./file-name.ts";
import { type Profile, profileOf } from "./profile.ts";
import * as statements from "./store.ts";

export interface FilesParts {
  readonly blobs: BlobStore;
  readonly links: FileLinks;
  readonly openScope: OpenScope;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Binds the files to their own listener. Whoever has a link may fetch what it leads to until it
 * is over: no cookie is read here. A link that was guessed, altered or is over, and one to what
 * is no more, all get the same answer.
 */
export function bindFiles(app: FastifyInstance, parts: FilesParts): void {
  app.route({
    method: ["GET", "HEAD"],
    url: `${filesPath}:token`,
    handler: async (request, reply) => {
      try {
        const { token } = request.params as { token: string };
        const now = parts.clock.now();
        const link = parts.links.read(token, now);
        const profile = link && (await findProfile(parts, link));
        if (!profile) throw notFound();
        const body = request.method === "HEAD" ? undefined : await bodyOf(parts, link, profile);
        describe(reply, profile, link.expiresAt - now);
        return reply.send(body);
      } catch (error) {
        const refusal = isDamage(error) ? damaged(parts, error) : error;
        return sendProblem(reply, refusalFor(refusal, parts.log, request.id), request.id);
      }
    },
  });
}

async function findProfile(
  { openScope, log }: FilesParts,
  { tenantId, attachmentId }: LinkedFile,
): Promise<Profile | undefined> {
  const scope = await openScope(tenantId).catch((error: unknown) => {
    if (!isForGood(error)) throw error;
    log.warn(describeError(error), "attachment.tenant_gone");
    return undefined;
  });
  const row = await scope?.read.first(statements.attachmentById, { id: attachmentId });
  return (scope && row && profileOf(scope.cipher, row)) ?? undefined;
}

/** A link may outlive its tenant, and then leads nowhere. */
function isForGood(error: unknown): boolean {
  const isOfKeys = error instanceof Fault || error instanceof KeyServiceFault;
  return isOfKeys && !error.isRetryable;
}

/** What is opened before the answer begins, so that a file which does not open is not begun. */
async function bodyOf(
  parts: FilesParts,
  { tenantId }: LinkedFile,
  profile: Profile,
): Promise<Uint8Array | Readable> {
  const cipherNow = async () => (await parts.openScope(tenantId)).cipher;
  const chunks = readContent({ blobs: parts.blobs, cipherNow }, tenantId, profile);
  const { value: first = new Uint8Array() } = await chunks.next();
  if (first.byteLength === profile.bytes) return first;
  return Readable.from(continued(parts, first, chunks));
}

async function* continued(
  parts: FilesParts,
  first: Uint8Array,
  rest: AsyncGenerator<Uint8Array, void>,
): AsyncGenerator<Uint8Array, void> {
  yield first;
  try {
    yield* rest;
  } catch (error) {
    // The length was promised: whoever reads sees that the file was cut.
    throw isDamage(error) ? damaged(parts, error) : error;
  }
}

function isDamage(error: unknown): boolean {
  return error instanceof ContentDamaged || error instanceof SealBroken;
}

function damaged({ log }: FilesParts, error: unknown): Error {
  log.error(describeError(error), "attachment.damaged");
  return notFound();
}

/** Pictures are shown; all else is handed over as a file, whatever a browser could make of it. */
function describe(reply: FastifyReply, profile: Profile, leftMs: number): void {
  const { mediaType, name, bytes } = profile;
  const kind = mediaType.startsWith("image/") ? "inline" : "attachment";
  reply.headers({
    "content-type": mediaType,
    "content-length": bytes,
    "content-disposition": contentDisposition(kind, name, mediaType),
    "cache-control": `private, max-age=${Math.floor(leftMs / 1000)}, immutable`,
  });
}
