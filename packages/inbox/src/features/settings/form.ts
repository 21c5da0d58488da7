/** What an editor shows and saves: the values of one version. */
export interface Source<Values> {
  readonly version: number;
  readonly values: Values;
}

/** What is wrong, by value. */
export type Problems<Values> = { readonly [Name in keyof Values]?: string | null | undefined };

/**
 * How an editor stands to what is saved by now. `rebase`: go on from the newer version with what
 * was typed; `adopt`: show what was saved; `conflict`: a person has to decide.
 */
export type Standing = "same" | "rebase" | "adopt" | "conflict";

/** Decides what to do when somebody saved the same thing while it was being edited. */
export function standingOf<Values>(
  base: Source<Values>,
  latest: Source<Values>,
  values: Values,
): Standing {
  if (latest.version <= base.version) return "same";
  if (isSame(latest.values, base.values)) return "rebase";
  if (isSame(values, base.values)) return "adopt";
  return isSame(values, latest.values) ? "adopt" : "conflict";
}

/** Whether two values that could travel as JSON say the same. */
export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/**
 * What is shown as wrong: everything once somebody tried to save; before that only what was typed
 * and cannot stand, for nobody is told off about a field that they have not reached.
 */
export function shownProblems<Values>(
  problems: Problems<Values>,
  values: Values,
  base: Values,
  wasTried: boolean,
): Problems<Values> {
  if (wasTried) return problems;
  const typed = Object.entries(problems).filter(([name]) => {
    const value = values[name as keyof Values];
    const isEmpty = typeof value === "string" && value.trim() === "";
    return !isEmpty && !isSame(value, base[name as keyof Values]);
  });
  return Object.fromEntries(typed) as Problems<Values>;
}

export function hasProblem<Values>(problems: Problems<Values>): boolean {
  return Object.values(problems).some((problem) => problem !== null && problem !== undefined);
}
