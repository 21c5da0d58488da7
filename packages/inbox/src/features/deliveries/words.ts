export const words = {
  title: "Deliveries",
  about: "What carriers brought, and what became of it.",
  filter: "Show",
  filters: {
    all: "All",
    failed: "Not processed",
    received: "Received",
    processed: "Processed",
    ignored: "Ignored",
  },
  columns: {
    state: "State",
    kind: "Kind",
    received: "Received",
    attempts: "Attempts",
    size: "Size",
    why: "Why",
    act: "Action",
  },
  replay: "Replay",
  replayed: "Processed",
  notReplayed: (why: string) => `Not processed. ${why}`,
  none: "No carrier has brought anything yet.",
  empty: "No delivery is in this state.",
  emptyAction: "Show all",
  error: "The deliveries did not load.",
  more: "Show more",
  loading: "Loading deliveries",
  openRail: "Open views",
};

/** "512 B", "4 kB" */
export function sizeWords(bytes: number): string {
  return bytes < 1000 ? `${bytes} B` : `${Math.round(bytes / 1000)} kB`;
}
