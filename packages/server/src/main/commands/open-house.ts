import type { CommandContext } from "../command-context.ts";
import type { Configuration } from "../configuration.ts";
import type { House } from "../house.ts";

/** Loads what puts the house together, and opens it. */
export async function openHouse(
  context: CommandContext,
  configuration: Configuration,
): Promise<House> {
  const [composition, { createLog }] = await Promise.all([
    context.compose(),
    import("../../platform/log.ts"),
  ]);
  return composition.openHouse(configuration, createLog(configuration.log.level));
}

/** Opens the house, lends it to `work`, and closes it whatever comes. */
export async function withHouse<Result>(
  context: CommandContext,
  configuration: Configuration,
  work: (house: House) => Promise<Result>,
): Promise<Result> {
  const house = await openHouse(context, configuration);
  try {
    return await work(house);
  } finally {
    await house.close();
  }
}
