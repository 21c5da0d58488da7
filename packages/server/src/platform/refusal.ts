import type { FieldIssue, RefusalCode } from "@foyer/contract";

interface RefusalParts {
  /** What to do about it, in English, without content. */
  readonly detail?: string;
  readonly issues?: readonly FieldIssue[];
  readonly facts?: Readonly<Record<string, string | number | boolean>>;
  readonly retryAfterSeconds?: number;
}

/** An expected no, from the contract's closed catalogue. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly code: RefusalCode;
  readonly parts: RefusalParts;

  constructor(code: RefusalCode, parts: RefusalParts = {}) {
    super(code);
    this.code = code;
    this.parts = parts;
  }
}

/** The one answer to an id that does not exist and to one that is somebody else's. */
export function notFound(): Refusal {
  return new Refusal("resource.not_found");
}

/** Something outside the building failed: a carrier, a key service. */
export class Fault extends Error {
  override readonly name = "Fault";
  readonly port: string;
  readonly isRetryable: boolean;

  constructor(port: string, reason: string, isRetryable: boolean) {
    super(`${port}: ${reason}`);
    this.port = port;
    this.isRetryable = isRetryable;
  }
}
