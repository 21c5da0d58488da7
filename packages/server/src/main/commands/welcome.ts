import { styleText } from "node:util";
import type { Configuration } from "../configuration.ts";
import type { DemoNote } from "../house.ts";

export interface Welcome {
  readonly url: string;
  readonly configuration: Pick<Configuration, "home" | "keys" | "database">;
  readonly demo: DemoNote | undefined;
  /** Whether this start made the keys, so that what that means has to be said. */
  readonly madeKeys: boolean;
  readonly isColoured: boolean;
}

const termColumns = 10;

/** What the terminal shows once Foyer listens: at most twelve lines. */
export function describeWelcome(welcome: Welcome): string {
  const { url, configuration, demo, madeKeys, isColoured } = welcome;
  const paint = (format: Parameters<typeof styleText>[0], text: string) =>
    isColoured ? styleText(format, text, { validateStream: false }) : text;
  const row = (term: string, text: string) => `  ${paint("dim", term.padEnd(termColumns))}${text}`;
  return [
    `Foyer is open at ${paint(["bold", "cyan"], url)}`,
    "",
    ...(demo === undefined ? [] : describeDemo(demo, url, row)),
    row("State", describeState(configuration)),
    row("Keys", configuration.keys),
    ...(madeKeys ? ["", paint("yellow", keyWarning[0]), ...keyWarning.slice(1)] : []),
    paint("dim", "Ctrl+C ends it."),
  ].join("\n");
}

type Row = (term: string, text: string) => string;

function describeDemo(demo: DemoNote, url: string, row: Row): string[] {
  const phone = new URL(demo.simulatorPath, url).href;
  return [
    row("Sign in", `click Front desk, or ${demo.email}  password: ${demo.password}`),
    row("Try first", "open room 412, click Guest's phone, text the hotel, answer with /tow"),
    row("Phones", phone),
  ];
}

function describeState({ home, database }: Welcome["configuration"]): string {
  if (database.engine === "sqlite") return home;
  return `${home}, and the database ${database.database} on ${database.host}`;
}

/** What whoever runs Foyer must know once there are keys: three lines. */
export const keyWarning = [
  "The keys were made just now. Losing the key file is losing all data.",
  "Keep a sealed copy elsewhere: npm run foyer -- keys export --to FILE",
  "An erasure cannot reach such a copy: make a new one after it, destroy the older ones.",
] as const;
