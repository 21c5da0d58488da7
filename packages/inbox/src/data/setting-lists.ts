import type { PropertyId } from "@foyer/contract";
import { feed } from "./feed.ts";
import { keys } from "./keys.ts";
import { queryClient } from "./query-client.ts";

/** Something that a property is set up with, as lists of it are kept. */
interface Listed {
  readonly id: string;
  readonly version: number;
}

/** Puts a thing where it stood in a list, or at its end; an older version changes nothing. */
export function withListed<Item extends Listed>(items: readonly Item[], item: Item): Item[] {
  const index = items.findIndex(({ id }) => id === item.id);
  const known = items[index];
  if (!known) return [...items, item];
  return known.version > item.version ? [...items] : items.with(index, item);
}

/** Shows what the server answered in the list that was read. */
export function putIntoList<Item extends Listed>(key: readonly unknown[], item: Item): void {
  queryClient.setQueryData<Item[]>(key, (now) => now && withListed(now, item));
}

export function takeFromList<Item extends Listed>(key: readonly unknown[], id: string): void {
  queryClient.setQueryData<Item[]>(key, (now) => now?.filter((item) => item.id !== id));
}

/** Makes a map of a list: the same function always, so that a query keeps what it selected. */
export function byId<Item extends Listed>(items: readonly Item[]): ReadonlyMap<Item["id"], Item> {
  return new Map(items.map((item) => [item.id, item]));
}

/** Somebody set the property up differently: all of it is read anew, and its name and zone. */
export function readSettingsAnew(propertyId: PropertyId | undefined = feed.get()?.propertyId) {
  if (!propertyId) return;
  void queryClient.invalidateQueries({ queryKey: keys.settings(propertyId) });
  void queryClient.invalidateQueries({ queryKey: keys.session });
}
