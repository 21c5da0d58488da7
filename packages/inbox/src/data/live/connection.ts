import { createStore } from "../../store/store.ts";

export interface Connection {
  readonly isConnected: boolean;
  /** Since when the line is cut; null while it stands or before it first stood. */
  readonly cutAtMs: number | null;
}

/** How the line to the server is, as the tab that holds it sees it. */
export const connection = createStore<Connection>({ isConnected: false, cutAtMs: null });
