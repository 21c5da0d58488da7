import type { CommandContext } from "../command-context.ts";
import { type Configuration, loadConfiguration } from "../configuration.ts";
import { describeMistakes } from "../configuration-mistake.ts";
import type { Environment } from "../configuration-sources.ts";

/** Settings that options of the command line decide, by the option that did. */
export interface Override {
  readonly option: string;
  readonly name: string;
  readonly value: string;
}

/**
 * The configuration as environment, file and the command's own options make it; or undefined,
 * after every mistake was named.
 */
export function loadSettings(
  context: CommandContext,
  overrides: readonly Override[] = [],
): Configuration | undefined {
  const environment: Environment = {
    ...context.environment,
    ...Object.fromEntries(overrides.map(({ name, value }) => [name, value])),
  };
  const { configuration, mistakes } = loadConfiguration(environment, context.cwd);
  if (mistakes === undefined) return configuration;
  const named = mistakes.map((mistake) => {
    const override = overrides.find(({ name }) => name === mistake.where);
    return override === undefined ? mistake : { ...mistake, where: override.option };
  });
  context.complain(describeMistakes(named));
  return undefined;
}
