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

const ownOption = (name: string, value: string, summary: string): CommandOption => ({
  name,
  value,
  isRequired: true,
  summary,
});

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
    words: "tenant create",
    summary: "Make an organization with its first hotel and its owner.",
    explains: [
      "The owner's password is asked for on the terminal. The organization is empty: its owner signs in and sets up the rest. Foyer may be running meanwhile.",
      "From then on the installation holds more than a demo, and `serve --fresh` refuses to delete it.",
    ],
    options: [
      ownOption("organization", "NAME", "What the company is called."),
      ownOption("hotel", "NAME", "What the first hotel is called."),
      ownOption("time-zone", "ZONE", "The hotel's time zone, by its IANA name."),
      ownOption("country", "CC", "The hotel's country: how phone numbers are read there."),
      ownOption("owner", "NAME", "What the owner is called."),
      ownOption("email", "EMAIL", "What the owner signs in with."),
      {
        name: "password-file",
        value: "FILE",
        summary:
          "Read the password from the first line of FILE instead of asking for it; /dev/stdin is the standard input.",
      },
    ],
    examples: [
      "foyer tenant create --organization Aurora --hotel Grand --time-zone Europe/Paris --country FR --owner Ada --email ada@aurora.example",
    ],
    load: () => import("./commands/create-tenant.ts"),
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
  {
    words: "keys rotate",
    summary: "Give every organization the next key that seals its content.",
    explains: [
      "Foyer does so by itself every ninety days; do it now where a key may be known to somebody. What was sealed before stays readable under the keys before it, and is not sealed anew. Foyer may be running meanwhile: the new key is used five minutes later, once every process knows it.",
      "The keys in the key file stay as they are, and so do sealed copies of it.",
    ],
    options: [],
    examples: ["foyer keys rotate"],
    load: () => import("./commands/rotate-keys.ts"),
  },
];

/** Options that every command has. */
export const commonOptions: readonly CommandOption[] = [
  { name: "help", summary: "Print this help." },
];
