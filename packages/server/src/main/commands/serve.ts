import {
  type CommandContext,
  type ExitCode,
  exitCodes,
  type OptionValues,
} from "../command-context.ts";
import { isSystemError } from "../command-failure.ts";
import type { Configuration } from "../configuration.ts";
import type { DemoNote, House, OpenDoor } from "../house.ts";
import { emptyInstallation, findFreshRefusal, prepareInstallation } from "./installation.ts";
import { loadSettings, type Override } from "./load-settings.ts";
import { openHouse } from "./open-house.ts";
import { describeWelcome } from "./welcome.ts";

/** `foyer serve`: listens until a signal ends it. */
export async function run(context: CommandContext, options: OptionValues): Promise<ExitCode> {
  const configuration = loadSettings(context, readOverrides(options));
  if (configuration === undefined) return exitCodes.misused;
  if (options["fresh"] === true && !(await beginAgain(context, configuration))) {
    return exitCodes.misused;
  }
  const { makesKeys } = prepareInstallation(configuration, configuration.demo);
  const stop = awaitStop(context);
  try {
    const opened = await open(context, configuration);
    if (opened === undefined) return exitCodes.failed;
    const { demo, door } = opened;
    const { isColoured } = context;
    const facts = { url: door.url, configuration, demo, madeKeys: makesKeys, isColoured };
    context.print(describeWelcome(facts));
    await stop.requested;
    return await close(context, opened);
  } finally {
    stop.forget();
  }
}

function readOverrides(options: OptionValues): Override[] {
  const roles = options["roles"];
  return [
    ...(typeof roles === "string"
      ? [{ option: "--roles", name: "FOYER_ROLES", value: roles }]
      : []),
    ...(options["demo"] === true ? [{ option: "--demo", name: "FOYER_DEMO", value: "true" }] : []),
  ];
}

/** Throws a demo installation away; says why where that must not be. */
async function beginAgain(context: CommandContext, configuration: Configuration) {
  const { findPortHolder } = await import("../doctor/check-listener.ts");
  const holder = await findPortHolder(configuration.listener);
  const refusal =
    holder === "foyer"
      ? { says: "Foyer is running on these settings", mend: "Stop it, then begin again." }
      : findFreshRefusal(configuration);
  if (refusal === undefined) {
    emptyInstallation(configuration);
    return true;
  }
  context.complain(`--fresh deletes nothing. ${refusal.says}.\n${refusal.mend}`);
  return false;
}

interface Opened {
  readonly house: House;
  readonly door: OpenDoor;
  readonly demo: DemoNote | undefined;
}

async function open(
  context: CommandContext,
  configuration: Configuration,
): Promise<Opened | undefined> {
  const house = await openHouse(context, configuration);
  try {
    await house.migrate();
    const demo = configuration.demo ? await house.makeDemo() : undefined;
    return { house, door: await house.serve(configuration.roles), demo };
  } catch (error) {
    await house.close();
    const says = explainNoListener(error, configuration);
    if (says === undefined) throw error;
    context.complain(says);
    return undefined;
  }
}

/** Why the port cannot be had, and which setting decides; undefined for any other failure. */
function explainNoListener(error: unknown, configuration: Configuration): string | undefined {
  if (!isSystemError(error) || error.syscall !== "listen") return undefined;
  const { listener, files } = configuration;
  const { host } = listener;
  const taken = "port" in error ? error.port : listener.port;
  const isOfFiles = taken === files.port && files.port !== listener.port;
  const [setting, port] = isOfFiles ? ["FILES_PORT", files.port] : ["PORT", listener.port];
  switch (error.code) {
    case "EADDRINUSE":
      return `Port ${port} is taken by another program. Stop that one, or set ${setting} to a free port.`;
    case "EACCES":
      return `This account may not listen on port ${port}. Set ${setting} to one above 1023.`;
    case "EADDRNOTAVAIL":
      return `This machine has no address ${host}. Set FOYER_HOST to one that it has.`;
    default:
      return undefined;
  }
}

interface Stop {
  readonly requested: Promise<void>;
  forget(): void;
}

/** A signal to the whole group comes twice, once through npm: what follows so soon is its echo. */
const echoMs = 1_000;

/** The first signal asks for an orderly end, the second one ends the process where it stands. */
function awaitStop(context: CommandContext): Stop {
  const { promise: requested, resolve } = Promise.withResolvers<void>();
  let isRequested = false;
  let isRepeat = false;
  const forget = context.onStopSignal(() => {
    if (isRepeat) context.exitNow(exitCodes.failed);
    if (isRequested) return;
    isRequested = true;
    setTimeout(() => {
      isRepeat = true;
    }, echoMs).unref();
    resolve();
  });
  return { requested, forget };
}

/** Lets what is running end, but not for longer than the context allows. */
async function close(context: CommandContext, { house, door }: Opened): Promise<ExitCode> {
  context.print("Closing…");
  const { promise: late, resolve } = Promise.withResolvers<"late">();
  const timer = setTimeout(resolve, context.stopMsMax, "late");
  const closed = door.close().finally(() => house.close());
  try {
    if ((await Promise.race([closed, late])) !== "late") return exitCodes.done;
  } finally {
    clearTimeout(timer);
  }
  context.complain(
    `Closing took longer than ${context.stopMsMax} ms. Nothing acknowledged is lost.`,
  );
  context.exitNow(exitCodes.failed);
  return exitCodes.failed;
}
