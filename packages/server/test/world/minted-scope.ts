import type { ModuleManifest } from "../../src/platform/manifest.ts";
import type { Scope, Unit } from "../../src/platform/scope/index.ts";

/** A scope in which every id that is minted is the next of a test's own, also by who listens. */
export function mintedScope(
  scope: Scope,
  mint: () => string,
  modules: readonly ModuleManifest[],
): Scope {
  const on = (unit: Unit): Unit => {
    const own: Unit = {
      ...unit,
      mint: mint as Unit["mint"],
      notify: async (notice) => {
        for (const { listeners } of modules) {
          for (const listen of listeners?.[notice.name] ?? []) await listen(own, notice as never);
        }
      },
    };
    return own;
  };
  return {
    ...scope,
    mint: mint as Scope["mint"],
    transact: (work) => scope.transact((unit) => work(on(unit))),
  };
}
