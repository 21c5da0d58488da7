import { createStore } from "../../store/store.ts";

export interface Connection {
  readonly isConnected: boolean;
  /** Since when the line is cut; null while it stands or before it first stood. */
  readonly cutAtMs: number | null;
  /** The browser itself says that there is no network: no doubt, and nothing to wait for. */
  readonly isOffline: boolean;
}

/** How the line to the server is, as the tab that holds it sees it. */
export const connection = createStore<Connection>({
  isConnected: false,
  cutAtMs: null,
  isOffline: false,
});
