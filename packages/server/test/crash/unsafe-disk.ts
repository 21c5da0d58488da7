/** A disk under a process that loses, when the power is cut, all that was not synced. */
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const source = fileURLToPath(new URL("./power-cut.c", import.meta.url));

const compiler = process.env["FOYER_TEST_CC"] ?? "cc";

/** Why there is no such disk on this machine; undefined where there is one. */
export const whyNoUnsafeDisk =
  process.env["FOYER_TEST_CC"] || process.env["CI"] === "true"
    ? undefined
    : "FOYER_TEST_CC is not set: a power cut was NOT tested";

export class UnsafeDisk {
  readonly #folder = mkdtempSync(join(tmpdir(), "foyer-disk-"));
  readonly #files = join(this.#folder, "files");
  readonly #images = join(this.#folder, "images");
  readonly #shim = join(this.#folder, "power-cut.so");

  constructor() {
    for (const folder of [this.#files, this.#images]) mkdirSync(folder);
    const options = ["-shared", "-fPIC", "-O2", "-Wall", "-Werror", "-o", this.#shim];
    execFileSync(compiler, [...options, source, "-ldl", "-pthread"], { stdio: "inherit" });
  }

  /** The path of a file on this disk. */
  file(name: string): string {
    return join(this.#files, name);
  }

  /** What puts a process on this disk. */
  get environment(): Record<string, string> {
    const { LD_PRELOAD: others = "" } = process.env;
    return {
      LD_PRELOAD: [this.#shim, others].filter(Boolean).join(":"),
      POWER_CUT_FOLDER: this.#files,
      POWER_CUT_IMAGES: this.#images,
    };
  }

  /** The files are again what they were when each was synced last. Nobody may have them open. */
  cutPower(): void {
    rmSync(this.#files, { recursive: true });
    mkdirSync(this.#files);
    for (const name of readdirSync(this.#images)) {
      copyFileSync(join(this.#images, name), this.file(name));
    }
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
