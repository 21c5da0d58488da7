import type { FieldIssue, Operation } from "@foyer/contract";
import type { FastifyRequest } from "fastify";
import type { ZodError } from "zod";
import { notFound, Refusal } from "../refusal.ts";

/**
 * Reads an operation's input: params, query and body parsed by the contract's schemas into one
 * flat object. Every mistake is named at once. A malformed id in the path is a thing that does
 * not exist, like any other id that nobody has.
 *
 * @throws Refusal `request.invalid` with all issues; `resource.not_found` for the path
 */
export function readInput(operation: Operation, request: FastifyRequest): object {
  const params = operation.params?.safeParse(request.params);
  if (params && !params.success) throw notFound();
  const query = operation.query?.safeParse(request.query);
  const body = operation.body?.safeParse(request.body ?? {});
  const issues = [query, body].flatMap((part) =>
    part && !part.success ? issuesOf(part.error) : [],
  );
  if (issues.length > 0) throw new Refusal("request.invalid", { issues });
  return { ...query?.data, ...body?.data, ...params?.data };
}

/** Zod's messages name types and limits; none of them quotes what was sent. */
function issuesOf(error: ZodError): FieldIssue[] {
  return error.issues.map((issue) => ({
    field: issue.path.join("."),
    issue: issue.code === "unrecognized_keys" ? "has fields that do not exist" : issue.message,
  }));
}
