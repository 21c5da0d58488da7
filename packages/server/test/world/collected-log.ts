import assert from "node:assert/strict";
import type { Log } from "../../src/platform/log.ts";

export interface LogLine {
  readonly level: "debug" | "info" | "warn" | "error";
  readonly event: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** Shorter texts occur in any log by accident. */
const secretCharactersMin = 8;

/**
 * Keeps every line, and judges them at the end: an error that no test took away is a mistake, and
 * so is a line that holds something that somebody wrote.
 */
export class CollectedLog implements Log {
  #lines: LogLine[] = [];
  readonly #secrets = new Set<string>();
  readonly #expected: LogLine[] = [];

  debug(facts: object, event: string): void {
    this.#add("debug", facts, event);
  }

  info(facts: object, event: string): void {
    this.#add("info", facts, event);
  }

  warn(facts: object, event: string): void {
    this.#add("warn", facts, event);
  }

  error(facts: object, event: string): void {
    this.#add("error", facts, event);
  }

  get lines(): readonly LogLine[] {
    return this.#lines;
  }

  /** Takes away the errors of an event, because the test provoked them; returns them. */
  takeErrors(event: string): readonly LogLine[] {
    const taken = this.#lines.filter((line) => line.level === "error" && line.event === event);
    this.#lines = this.#lines.filter((line) => !taken.includes(line));
    this.#expected.push(...taken);
    return taken;
  }

  /** Something that may stand in no line, ever: a password, a token, what a guest wrote. */
  keepOut(...secrets: readonly string[]): void {
    for (const secret of secrets) {
      if (secret.length >= secretCharactersMin) this.#secrets.add(secret);
    }
  }

  /** @throws AssertionError for an error that nobody expected, or a line that tells a secret. */
  assertClean(): void {
    const errors = this.#lines.filter((line) => line.level === "error");
    assert.deepEqual(errors, [], "the server logged errors that the test did not expect");
    const text = JSON.stringify([...this.#lines, ...this.#expected]);
    const told = [...this.#secrets].filter((secret) => text.includes(inJson(secret)));
    assert.deepEqual(told, [], "the log tells what must never stand in it");
  }

  #add(level: LogLine["level"], facts: object, event: string): void {
    this.#lines.push({ level, event, facts: { ...facts } });
  }
}

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}
