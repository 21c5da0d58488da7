import { stat } from "node:fs/promises";
import type { Configuration } from "../configuration.ts";
import type { Mistake } from "../configuration-mistake.ts";
import type { Probe } from "../house.ts";
import type { Finding } from "./examine.ts";

const othersReadMask = 0o044;

/** Each mistake of a configuration as a finding of its own. */
export function findMistakes(mistakes: readonly Mistake[]): readonly Finding[] {
  return mistakes.map(({ where, says, mend }) => ({
    name: "Configuration",
    state: "bad",
    says: `${where} ${says}`,
    mend,
  }));
}

/** A configuration that was accepted, and whether others can read secrets in its file. */
export function configurationProbe({ file, mode, database }: Configuration): Probe {
  return {
    name: "Configuration",
    check: async () => {
      const from = file === undefined ? "the environment" : `the environment and ${file}`;
      const good = { state: "good", says: `is valid, from ${from} (${mode})` } as const;
      if (file === undefined || database.engine !== "mysql") return good;
      if (((await stat(file)).mode & othersReadMask) === 0) return good;
      return {
        state: "warning",
        says: `others can read ${file}, which may hold the database's password`,
        mend: `Run: chmod 600 ${file}`,
      };
    },
  };
}
