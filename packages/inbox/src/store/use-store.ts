import { useSyncExternalStore } from "react";
import type { Store } from "./store.ts";

/** Watches a store, or one part of it; the selector returns the same part for the same value. */
export function useStore<Value>(store: Store<Value>): Value;
export function useStore<Value, Part>(store: Store<Value>, select: (value: Value) => Part): Part;
export function useStore<Value, Part>(
  store: Store<Value>,
  select?: (value: Value) => Part,
): Value | Part {
  return useSyncExternalStore(store.subscribe, () => (select ? select(store.get()) : store.get()));
}
