/**
 * Wakes whoever waits for something, at once and without a promise: what must not be lost stands
 * in a table, and its readers look there by themselves after a while. The embedded engine reaches
 * this process; the production one will be Redis pub/sub.
 */
export interface Bus {
  publish(topic: string, message: string): void;
  /** Returns how to stop listening. */
  subscribe(topic: string, listener: (message: string) => void): () => void;
}

export function createProcessBus(): Bus {
  const topics = new Map<string, Set<(message: string) => void>>();
  return {
    publish: (topic, message) => {
      for (const listener of topics.get(topic) ?? []) {
        queueMicrotask(() => {
          if (topics.get(topic)?.has(listener)) listener(message);
        });
      }
    },
    subscribe: (topic, listener) => {
      const listeners = topics.get(topic) ?? new Set();
      topics.set(topic, listeners.add(listener));
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) topics.delete(topic);
      };
    },
  };
}

/** The topic on which the feed of a property wakes its readers. */
export function feedTopic(tenantId: string, propertyId: string): string {
  return `feed ${tenantId} ${propertyId}`;
}

/** The topic that names every feed that moved, for consumers that walk them all. */
export const allFeedsTopic = "feeds";

/** The topic for who looks and who types, of a property. */
export function presenceTopic(tenantId: string, propertyId: string): string {
  return `presence ${tenantId} ${propertyId}`;
}
