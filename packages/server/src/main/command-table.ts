import type { CommandModule } from "./command-context.ts";

/** An option of a command. Options without a value are switches. */
export interface CommandOption {
  readonly name: string;
  /** What stands for the value in the help; none for a switch. */
  readonly value?: string;
  readonly isRequired?: true;
  readonly summary: string;
}

export interface Command {
  /** One word or two, as typed. */
  readonly words: string;
  /** One line, for the overview. */
  readonly summary: string;
  /** Paragraphs, for the command's own help. */
  readonly explains: readonly string[];
  readonly options: readonly CommandOption[];
  readonly examples: readonly string[];
  /** Loads the command only when it runs, so that help is quick. */
  load(): Promise<CommandModule>;
}

const passphraseFile: CommandOption = {
  name: "passphrase-file",
  value: "FILE",
  summary: "Read the passphrase from the first line of FILE instead of asking for it.",
};

/** Every command, once: parsing, help and suggestions derive from this table. */
export const commands: readonly Command[] = [
  {
    words: "serve",
    summary: "Start Foyer and listen.",
    explains: [
      "Brings the database to this version's schema, then serves until Ctrl+C or SIGTERM. A second signal ends it at once.",
    ],
    options: [
      {
        name: "roles",
        value: "A,B",
        summary: "What this process does: app, api, services, worker. All of them unless given.",
      },
      { name: "demo", summary: "Make the demo hotel if it is missing." },
      {
        name: "fresh",
        summary: "Delete state and keys of a demo installation first. Refuses any other.",
      },
    ],
    examples: ["foyer serve --demo", "foyer serve --roles app,api"],
    load: () => import("./commands/serve.ts"),
  },
  {
    words: "migrate",
    summary: "Bring the database to this version's schema.",
    explains: [
      "Does nothing where the schema is current. `serve` does the same before it listens.",
    ],
    options: [],
    examples: ["foyer migrate"],
    load: () => import("./commands/migrate.ts"),
  },
  {
    words: "demo",
    summary: "Make the demo hotel if it is missing.",
    explains: [
      "Prints how to sign in to it. Refuses in production, because everybody knows that sign-in.",
    ],
    options: [],
    examples: ["foyer demo"],
    load: () => import("./commands/demo.ts"),
  },
  {
    words: "doctor",
    summary: "Check the installation, and say how to mend what is wrong.",
    explains: [
      "Looks at configuration, folders, keys, stores, clock, TLS and listener, and changes nothing. Exits with 1 if anything is bad; a warning is not.",
    ],
    options: [{ name: "json", summary: "Print the findings as JSON." }],
    examples: ["foyer doctor", "foyer doctor --json"],
    load: () => import("./commands/doctor.ts"),
  },
  {
    words: "keys export",
    summary: "Write a copy of the keys, sealed under a passphrase.",
    explains: [
      "Losing the key file is losing all data; this copy is what helps then. Keep file and passphrase apart from each other, and from the backups.",
      "An erasure cannot reach a copy: with it, backups from before the erasure can still be read. Make a new export after each erasure and destroy the older ones.",
    ],
    options: [
      {
        name: "to",
        value: "FILE",
        isRequired: true,
        summary: "Where to write it. Never over a file that exists.",
      },
      passphraseFile,
    ],
    examples: ["foyer keys export --to /media/safe/foyer-keys.sealed"],
    load: () => import("./commands/export-keys.ts"),
  },
  {
    words: "keys import",
    summary: "Bring the keys of a sealed copy back.",
    explains: [
      "Into an empty key folder it brings everything; into one of the same installation, the keys that are missing there. A key that an erasure destroyed stays destroyed. Stop Foyer first.",
    ],
    options: [
      { name: "from", value: "FILE", isRequired: true, summary: "The sealed copy." },
      passphraseFile,
    ],
    examples: ["foyer keys import --from /media/safe/foyer-keys.sealed"],
    load: () => import("./commands/import-keys.ts"),
  },
];

/** Options that every command has. */
export const commonOptions: readonly CommandOption[] = [
  { name: "help", summary: "Print this help." },
];
