import type { Problem } from "@foyer/contract";

/** The server refused, and said why: a code of the contract's catalogue. */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly problem: Problem;
  /** Seconds to wait before trying again, where the server named them. */
  readonly retryAfterSeconds: number | undefined;

  constructor(problem: Problem, retryAfterSeconds?: number) {
    super(`${problem.code}: ${problem.title}`);
    this.problem = problem;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** No answer came: whether the server did what was asked is not known. Ids make retries safe. */
export class Unreachable extends Error {
  override readonly name = "Unreachable";

  constructor(operation: string, options: ErrorOptions) {
    super(`No answer from the server to ${operation}`, options);
  }
}

/** Reads a refusal from an answer; one without a readable problem counts as a failed service. */
export async function refusalFrom(response: Response): Promise<Refused> {
  const seconds = Number(response.headers.get("retry-after") ?? Number.NaN);
  return new Refused(await problemOf(response), Number.isFinite(seconds) ? seconds : undefined);
}

async function problemOf(response: Response): Promise<Problem> {
  try {
    const body: unknown = await response.json();
    if (body !== null && typeof body === "object" && "code" in body) return body as Problem;
  } catch {
    // Something between us and the server answered in its own words.
  }
  const title = `The server answered ${response.status}`;
  return { type: "about:blank", status: response.status, code: "service.failed", title };
}
