import type { CommandContext } from "../command-context.ts";
import type { Environment } from "../configuration-sources.ts";
import type { Composition, DemoNote, House, OpenDoor, Probe } from "../house.ts";

export const demoNote: DemoNote = {
  isNew: true,
  email: "ada@hotel.example",
  password: "a guest in the foyer",
  simulatorPath: "/simulator",
};

/** What a fake house does instead of the usual. */
export interface FakeHouseParts {
  serve?(): Promise<OpenDoor>;
  readonly probes?: readonly Probe[];
}

/** A world for commands: it keeps what they print, and what they asked of the house in order. */
export class FakeContext implements CommandContext {
  readonly environment: Environment;
  readonly cwd: string;
  readonly isColoured = false;
  readonly stopMsMax = 50;
  readonly printed: string[] = [];
  readonly complained: string[] = [];
  readonly asked: string[] = [];
  readonly steps: string[] = [];
  readonly exits: number[] = [];
  secrets: (string | undefined)[] = [];
  readonly #parts: FakeHouseParts;
  readonly #watches: ((text: string) => void)[] = [];
  readonly #listeners = new Set<() => void>();

  constructor(cwd: string, environment: Environment = {}, parts: FakeHouseParts = {}) {
    this.cwd = cwd;
    this.environment = environment;
    this.#parts = parts;
  }

  print(text: string): void {
    this.printed.push(text);
    for (const watch of this.#watches) watch(text);
  }

  complain(text: string): void {
    this.complained.push(text);
  }

  async compose(): Promise<Composition> {
    return { openHouse: async () => this.#openHouse() };
  }

  async askSecret(question: string): Promise<string | undefined> {
    this.asked.push(question);
    return this.secrets.shift();
  }

  onStopSignal(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  exitNow(code: number): void {
    this.exits.push(code);
  }

  /** Sends the signal that asks the process to stop. */
  signal(): void {
    for (const listener of this.#listeners) listener();
  }

  get listeners(): number {
    return this.#listeners.size;
  }

  /** Resolves at the first print that contains the given text. */
  printedOnce(part: string): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#watches.push((text) => {
      if (text.includes(part)) resolve();
    });
    return promise;
  }

  #openHouse(): House {
    const { steps } = this;
    steps.push("open");
    const door: OpenDoor = {
      url: "http://127.0.0.1:4000",
      close: async () => void steps.push("door closed"),
    };
    return {
      migrate: async () => void steps.push("migrate"),
      makeDemo: async () => {
        steps.push("demo");
        return demoNote;
      },
      createTenant: async ({ hotel }) => void steps.push(`tenant ${hotel}`),
      rotateKeys: async () => {
        steps.push("rotate");
        return 2;
      },
      serve: async (roles) => {
        steps.push(`serve ${roles.join()}`);
        return this.#parts.serve === undefined ? door : this.#parts.serve();
      },
      probes: () => this.#parts.probes ?? [],
      close: async () => void steps.push("house closed"),
    };
  }
}
