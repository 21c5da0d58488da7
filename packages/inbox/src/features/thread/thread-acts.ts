import type { AttachmentId, EntryId } from "@foyer/contract";
import { createContext, useContext } from "react";

/** What a bubble asks of the thread that it stands in. */
export interface ThreadActs {
  /** Shows a picture large. */
  readonly showPicture: (id: AttachmentId) => void;
  /** Brings an entry into sight. */
  readonly showEntry: (id: EntryId) => void;
  /** Which message says a failed one again. */
  readonly retries: ReadonlyMap<EntryId, EntryId>;
}

const Context = createContext<ThreadActs>({
  showPicture: () => undefined,
  showEntry: () => undefined,
  retries: new Map(),
});

export const ThreadActsProvider = Context.Provider;

export function useThreadActs(): ThreadActs {
  return useContext(Context);
}
