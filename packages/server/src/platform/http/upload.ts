import { limits } from "@foyer/contract";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { Refusal } from "../refusal.ts";

const { attachmentBytesMax: bytesMax } = limits;

/**
 * Makes room for operations whose body is a file: here a body stays where it is until a use-case
 * asks for it, so that nobody's bytes are taken in before it is known who they are.
 */
export function registerUploads(
  app: FastifyInstance,
  bind: (uploads: FastifyInstance) => void,
): void {
  app.register(async (uploads) => {
    uploads.removeAllContentTypeParsers();
    uploads.addContentTypeParser("*", (_request, _payload, done) => done(null));
    bind(uploads);
  });
}

/**
 * Reads the file of a request, at most `attachmentBytesMax` whatever its header says.
 *
 * @throws Refusal `attachment.too_large`; `request.malformed` where it broke off
 */
export async function readUpload({ raw }: FastifyRequest): Promise<Uint8Array> {
  if (Number(raw.headers["content-length"] ?? 0) > bytesMax) throw tooLarge();
  const chunks: Buffer[] = [];
  let total = 0;
  try {
    for await (const chunk of raw as AsyncIterable<Buffer>) {
      total += chunk.byteLength;
      if (total > bytesMax) throw tooLarge();
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal("request.malformed");
  }
  return Buffer.concat(chunks);
}

/**
 * Ends the connection of a request whose file was refused unread: what is still to come of it is
 * of no use to anybody, and how much that is, nobody knows.
 */
export function closeUnlessRead({ raw }: FastifyRequest, reply: FastifyReply): void {
  const declared = Number(raw.headers["content-length"] ?? Number.NaN);
  const isBounded = declared <= bytesMax;
  if (!raw.complete && !isBounded) reply.header("connection", "close");
}

function tooLarge(): Refusal {
  return new Refusal("attachment.too_large", { facts: { bytesMax } });
}
