import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { describeCommands } from "./command-help.ts";
import { readCommandLine } from "./command-line.ts";
import { commands } from "./command-table.ts";

function read(line: string) {
  return readCommandLine(line.split(" ").filter((word) => word !== ""));
}

function misuse(line: string): string {
  const found = read(line);
  assert.equal(found.kind, "misused", line);
  return found.kind === "misused" ? `${found.says.join("; ")} (${found.helpWith})` : "";
}

describe("a command line", () => {
  test("runs the command it names, with its options", () => {
    const found = read("serve --roles app,api --demo");
    assert.ok(found.kind === "run");
    assert.equal(found.command.words, "serve");
    assert.deepEqual(found.options, { roles: "app,api", demo: true });
  });

  test("may name a command of two words", () => {
    const found = read("keys export --to=-odd.sealed");
    assert.ok(found.kind === "run");
    assert.deepEqual([found.command.words, found.options], ["keys export", { to: "-odd.sealed" }]);
  });

  test("with a slip is answered with the nearest command or option", () => {
    assert.match(misuse("sevre"), /"sevre". Did you mean serve\? \(foyer --help\)/);
    assert.match(misuse("keys exprot"), /Did you mean export\? \(foyer keys --help\)/);
    assert.match(misuse("serve --rolse app"), /"--rolse". Did you mean --roles\?/);
    assert.match(misuse("serve -d"), /no option "-d" \(foyer serve --help\)/);
    assert.doesNotMatch(misuse("zebra"), /Did you mean/);
  });

  test("that lacks something is told what", () => {
    assert.match(misuse(""), /A command is missing/);
    assert.match(misuse("--demo serve"), /stands before --demo/);
    assert.match(misuse("keys"), /After keys comes export or import or rotate/);
    assert.match(misuse("keys export"), /needs --to FILE/);
    assert.match(misuse("serve --roles"), /--roles needs a value: A,B/);
    assert.match(misuse("serve --demo=yes"), /--demo takes no value/);
    assert.match(misuse("serve now"), /takes no "now"/);
  });

  test("is told all that is wrong with it at once", () => {
    assert.equal(
      misuse("keys export here --form x --passphrase-file"),
      [
        'keys export takes no "here"',
        'There is no option "--form"',
        "--passphrase-file needs a value: FILE",
        "keys export needs --to FILE (foyer keys export --help)",
      ].join("; "),
    );
    const lacking = misuse("tenant create --hotel Grand --owner=");
    for (const name of ["organization", "time-zone", "country", "email"]) {
      assert.match(lacking, new RegExp(`tenant create needs --${name} `));
    }
    assert.match(lacking, /--owner needs a value: NAME/);
  });

  test("asks for help wherever --help stands", () => {
    for (const line of ["--help", "-h", "keys --help", "serve --help", "serve --demo -h"]) {
      assert.equal(read(line).kind, "help", line);
    }
  });

  test("made of anything is understood or refused, never an exception", () => {
    const words = fc.oneof(
      fc.string(),
      fc.constantFrom("serve", "keys", "export", "--to", "--", "-", "--help", "--__proto__"),
    );
    fc.assert(fc.property(fc.array(words, { maxLength: 6 }), (args) => !!readCommandLine(args)));
  });
});

describe("help", () => {
  test("names every command, and for each every option", () => {
    const overview = describeCommands(commands);
    for (const command of commands) {
      assert.ok(overview.includes(`  ${command.words} `), command.words);
      const own = describeCommands([command]);
      for (const { name } of command.options) assert.ok(own.includes(`--${name}`), name);
    }
  });

  test("of a family names its members, and no other command", () => {
    const found = read("keys --help");
    assert.ok(found.kind === "help");
    const text = describeCommands(found.about, found.family);
    assert.match(text, /^Usage: foyer keys COMMAND/);
    for (const member of ["export", "import", "rotate"]) assert.match(text, RegExp(`  ${member} `));
    assert.doesNotMatch(text, /serve|docs\/reference/);
    assert.match(text, /foyer keys COMMAND --help explains/);
  });

  test("fits a terminal of eighty columns", () => {
    const families = ["keys", "tenant"].map((family) =>
      describeCommands(
        commands.filter(({ words }) => words.startsWith(`${family} `)),
        family,
      ),
    );
    const texts = [commands, ...commands.map((command) => [command])].map((about) =>
      describeCommands(about),
    );
    for (const line of [...families, ...texts].join("\n").split("\n")) {
      assert.ok(line.length <= 80, line);
    }
  });

  test("gives examples that the program understands", () => {
    for (const example of commands.flatMap(({ examples }) => examples)) {
      assert.equal(read(example.replace(/^foyer /, "")).kind, "run", example);
    }
  });
});
