import type { Readable } from "node:stream";

const secretCharactersMax = 1024;

/** Where keys come from: `process.stdin`, or what a test types. */
export interface Keyboard extends Readable {
  readonly isTTY: boolean;
  setRawMode(isRaw: boolean): unknown;
}

interface Terminal {
  write(text: string): unknown;
}

/**
 * Asks for a secret on a terminal without showing what is typed. Gives undefined where the input
 * is no terminal, or where the person gave up with Ctrl+C or Ctrl+D.
 */
export async function askSecret(
  question: string,
  input: Keyboard,
  output: Terminal,
): Promise<string | undefined> {
  if (!input.isTTY) return undefined;
  output.write(question);
  input.setRawMode(true);
  input.setEncoding("utf8");
  try {
    return await readLine(input);
  } finally {
    input.setRawMode(false);
    input.pause();
    output.write("\n");
  }
}

function readLine(input: Keyboard): Promise<string | undefined> {
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  const line = makeLine();
  const onData = (typed: string) => {
    let taken = 0;
    for (const character of typed) {
      taken += character.length;
      const ended = line.take(character);
      if (ended === undefined) continue;
      input.off("data", onData).pause();
      // What was typed ahead answers the next question.
      if (taken < typed.length) input.unshift(typed.slice(taken));
      return resolve(ended.text);
    }
  };
  const onEnd = () => resolve(undefined);
  input.on("data", onData).once("end", onEnd).resume();
  return promise.finally(() => {
    input.off("data", onData).off("end", onEnd);
  });
}

/** What Enter, Ctrl+C and the like mean where the terminal no longer cares for them. */
export function makeLine(): { take(character: string): { text: string | undefined } | undefined } {
  const characters: string[] = [];
  return {
    take(character) {
      switch (character) {
        case "\r":
        case "\n":
          return { text: characters.join("") };
        case "\u0003":
        case "\u0004":
          return { text: undefined };
        case "\b":
        case "\u007f":
          characters.pop();
          return undefined;
        case "\u0015":
          characters.length = 0;
          return undefined;
        default:
          if (character >= " " && characters.length < secretCharactersMax) {
            characters.push(character);
          }
          return undefined;
      }
    },
  };
}
