import { type Problem, problemMediaType, type RefusalCode, refusals } from "@foyer/contract";
import type { FastifyReply } from "fastify";
import { KeyServiceFault } from "../keys/key-service.ts";
import { describeError, type Log } from "../log.ts";
import { Fault, Refusal } from "../refusal.ts";
import { StoreFault } from "../store/index.ts";

/** Fastify's own errors, in the contract's words. */
const frameworkCodes: ReadonlyMap<string, RefusalCode> = new Map([
  ["FST_ERR_CTP_BODY_TOO_LARGE", "request.too_large"],
  ["FST_ERR_CTP_INVALID_MEDIA_TYPE", "request.media_type"],
  ["FST_ERR_CTP_INVALID_JSON_BODY", "request.malformed"],
  ["FST_ERR_CTP_EMPTY_JSON_BODY", "request.malformed"],
  ["FST_ERR_CTP_INVALID_CONTENT_LENGTH", "request.malformed"],
  ["FST_ERR_BAD_URL", "resource.not_found"],
  ["FST_ERR_MAX_PARAM_LENGTH", "resource.not_found"],
]);

/**
 * Turns whatever was thrown into a refusal of the catalogue. What is expected keeps its code; what
 * failed outside is 503; everything else is a bug: it is logged without its words and answered
 * with nothing but the request's id.
 */
export function refusalFor(error: unknown, log: Log, request: string): Refusal {
  if (error instanceof Refusal) return error;
  const { code: word = "", statusCode } = Object(error) as { code?: string; statusCode?: number };
  const code = frameworkCodes.get(word);
  if (code) return new Refusal(code);
  if (statusCode === 400) return new Refusal("request.malformed");
  if (isOutside(error)) {
    log.warn({ request, ...describeError(error) }, "request.dependency_failed");
    return new Refusal("service.unavailable", { retryAfterSeconds: 2 });
  }
  log.error({ request, ...describeError(error) }, "request.failed");
  return new Refusal("service.failed");
}

function isOutside(error: unknown): boolean {
  if (error instanceof StoreFault) return error.isRetryable;
  return error instanceof Fault || error instanceof KeyServiceFault;
}

/** Answers with a problem, RFC 9457. */
export function sendProblem(reply: FastifyReply, refusal: Refusal, request: string): FastifyReply {
  const { status, title } = refusals[refusal.code];
  const { detail, issues, facts, retryAfterSeconds } = refusal.parts;
  const problem: Problem = {
    type: `/v1/reference#${refusal.code}`,
    title,
    status,
    code: refusal.code,
    ...(detail ? { detail } : {}),
    ...(issues ? { issues } : {}),
    ...(facts ? { facts } : {}),
    request,
  };
  if (retryAfterSeconds !== undefined) reply.header("retry-after", retryAfterSeconds);
  return reply.code(status).header("content-type", problemMediaType).send(JSON.stringify(problem));
}
