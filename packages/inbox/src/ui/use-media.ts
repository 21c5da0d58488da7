import { useSyncExternalStore } from "react";

/** Follows a media query. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const list = matchMedia(query);
      list.addEventListener("change", listener);
      return () => list.removeEventListener("change", listener);
    },
    () => matchMedia(query).matches,
  );
}

/** One pane at a time. */
export const phoneQuery = "(max-width: 639px)";
/** The rail is a sheet. */
export const narrowQuery = "(max-width: 899px)";
/** The contact pane is a drawer. */
export const mediumQuery = "(max-width: 1179px)";
