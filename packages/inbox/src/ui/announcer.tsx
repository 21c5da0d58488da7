import { createStore } from "../store/store.ts";
import { useStore } from "../store/use-store.ts";

const said = createStore("");

/** Says something to a screen reader, once, when it has finished what it says. */
export function announce(text: string): void {
  // The same words twice are no change to a live region: an unseen space makes them one.
  said.update((before) => (before === text ? `${text}\u00a0` : text));
}

/** The one live region for what happens in the open conversation. Mounted once. */
export function Announcer() {
  return (
    <div className="unseen" aria-live="polite" aria-atomic="true">
      {useStore(said)}
    </div>
  );
}
