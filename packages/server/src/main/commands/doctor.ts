import { existsSync } from "node:fs";
import { join } from "node:path";
import { systemClock } from "../../platform/clock.ts";
import { keyFileName } from "../../platform/keys/key-file-store.ts";
import {
  type CommandContext,
  type ExitCode,
  exitCodes,
  type OptionValues,
} from "../command-context.ts";
import { describeFailure } from "../command-failure.ts";
import { type Configuration, loadConfiguration } from "../configuration.ts";
import { configurationProbe, findMistakes } from "../doctor/check-configuration.ts";
import { folderProbes } from "../doctor/check-folders.ts";
import { filesProbes, listenerProbes } from "../doctor/check-listener.ts";
import { clockProbe, nodeProbe } from "../doctor/check-runtime.ts";
import { tlsProbe } from "../doctor/check-tls.ts";
import { volumeProbe } from "../doctor/check-volume.ts";
import { examine, type Finding } from "../doctor/examine.ts";
import { describeFindings, encodeFindings, findWorst } from "../doctor/report.ts";
import type { Probe } from "../house.ts";
import { withHouse } from "./open-house.ts";

/** `foyer doctor`: looks at everything, changes nothing. */
export async function run(context: CommandContext, options: OptionValues): Promise<ExitCode> {
  const offsetMsAtStart = systemClock.now() - systemClock.monotonic();
  const { configuration, mistakes } = loadConfiguration(context.environment, context.cwd);
  const findings =
    configuration === undefined
      ? [...findMistakes(mistakes), ...(await examine(machineProbes(offsetMsAtStart)))]
      : [
          ...(await examine(installationProbes(configuration))),
          ...(await examineHouse(context, configuration)),
          // Last, so that a clock that jumped meanwhile is seen.
          ...(await examine(machineProbes(offsetMsAtStart))),
        ];
  context.print(
    options["json"] === true
      ? encodeFindings(findings)
      : describeFindings(findings, context.isColoured),
  );
  return findWorst(findings) === "bad" ? exitCodes.failed : exitCodes.done;
}

function machineProbes(offsetMsAtStart: number): readonly Probe[] {
  const clock = clockProbe({ clock: systemClock, offsetMsAtStart });
  return [nodeProbe(process.versions.node), clock];
}

function installationProbes(configuration: Configuration): readonly Probe[] {
  const { home, listener, files } = configuration;
  return [
    configurationProbe(configuration),
    ...folderProbes(configuration),
    volumeProbe(home, process.platform),
    ...listenerProbes(listener),
    ...filesProbes(listener, files),
    tlsProbe(listener, systemClock),
  ];
}

/** Opening a house makes what is missing; so only one that exists is opened to be looked at. */
async function examineHouse(
  context: CommandContext,
  configuration: Configuration,
): Promise<Finding[]> {
  const { home, keys } = configuration;
  if (!existsSync(home) || !existsSync(join(keys, keyFileName))) {
    return [
      {
        name: "Stores",
        state: "warning",
        says: "were not looked at: there is no installation here yet",
        mend: "Run foyer serve, then doctor again.",
      },
    ];
  }
  try {
    return await withHouse(context, configuration, (house) => examine(house.probes()));
  } catch (error) {
    const says = describeFailure(error);
    const mend = "Mend what the sentence names; the other findings may say more.";
    return [{ name: "Stores", state: "bad", says, mend }];
  }
}
