import { createStore } from "../store/store.ts";
import { readStored, writeStored } from "./storage.ts";

export type Theme = "system" | "light" | "dark";

/** What somebody set for this browser. */
export interface Settings {
  readonly theme: Theme;
  /** WCAG 2.1.4: shortcuts of a single key can be switched off. */
  readonly hasSingleKeys: boolean;
  /** A soft sound for whoever is newly waiting. */
  readonly hasSound: boolean;
}

const storedUnder = "foyer.settings";

/** The browser's settings. The theme is also read by `/theme.js`, before the first paint. */
export const settings = createStore<Settings>(readSettings(readStored(storedUnder)));

function readSettings(stored: unknown): Settings {
  const { theme, hasSingleKeys, hasSound } = (stored ?? {}) as Partial<Settings>;
  return {
    theme: theme === "light" || theme === "dark" ? theme : "system",
    hasSingleKeys: hasSingleKeys !== false,
    hasSound: hasSound !== false,
  };
}

export function changeSettings(change: Partial<Settings>): void {
  settings.update((now) => ({ ...now, ...change }));
  writeStored(storedUnder, settings.get());
  showTheme(settings.get().theme);
}

function showTheme(theme: Theme): void {
  const { dataset } = document.documentElement;
  if (theme === "system") delete dataset["theme"];
  else dataset["theme"] = theme;
}
