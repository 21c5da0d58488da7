import { type ComponentType, createElement, lazy, useState } from "react";

/** A part whose file did not come is asked for again after so long, for as long as it is wanted. */
const retryAfterMs = 2_000;
/** Where a browser cannot say when it is idle. */
const idleAfterMs = 3_000;

/** Filled while the modules are read, before anything is shown; read once by `preloadParts`. */
const loaders: (() => Promise<unknown>)[] = [];

/**
 * A part of the screen whose file is loaded when it is first needed, or when there is time. A
 * line that is cut meanwhile breaks nothing: the file is asked for again until it comes.
 */
export function lazyPart<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  let loading: Promise<{ default: ComponentType<Props> }> | undefined;
  let loaded: ComponentType<Props> | undefined;
  const once = () => {
    loading ??= untilItComes(load).then((part) => {
      loaded = part;
      return { default: part };
    });
    return loading;
  };
  loaders.push(once);
  const Later = lazy(once);
  const Part = (props: Props) => {
    // What is loaded is shown at once, without the blink of a fallback; and it stays what it is.
    const [shown] = useState<{ Chosen: ComponentType<Props> }>(() => ({ Chosen: loaded ?? Later }));
    return createElement(shown.Chosen, props);
  };
  return { Part, load: () => void once() };
}

async function untilItComes<Part>(load: () => Promise<Part>): Promise<Part> {
  for (;;) {
    try {
      return await load();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, retryAfterMs));
    }
  }
}

/** Loads every part while nothing else is to be done, so that it is there when the line is not. */
export function preloadParts(): void {
  const loadAll = () => {
    for (const load of loaders) void load();
  };
  if ("requestIdleCallback" in window) requestIdleCallback(loadAll);
  else setTimeout(loadAll, idleAfterMs);
}
