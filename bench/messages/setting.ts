/** What the programs of this benchmark tell each other. */
import type { openMysql } from "../../packages/server/src/platform/store/index.ts";

/** Where the rows are; JSON can carry it. */
export type StoreAddress =
  | { readonly engine: "sqlite"; readonly file: string }
  | ({ readonly engine: "mysql" } & Parameters<typeof openMysql>[0]);

/** What a house is started with. */
export interface HouseSetting {
  readonly store: StoreAddress;
  /** Keys and index lie here. */
  readonly folder: string;
}

/** What a house says once it can be reached: all that a carrier and an agent need. */
export interface House {
  readonly url: string;
  readonly tenantId: string;
  readonly propertyId: string;
  readonly channelId: string;
  readonly hotelNumber: string;
  readonly channelKey: string;
  readonly signingSecret: string;
  readonly email: string;
  readonly password: string;
}

/** What the floor is started with. */
export interface FloorSetting {
  readonly store: StoreAddress;
  /** How long the house's ciphertexts are, by `table.column`, in bytes. */
  readonly sizes: Readonly<Record<string, number>>;
}

export interface Floor {
  readonly url: string;
}

/** The path at which the floor takes what the house takes at its webhook. */
export const floorPath = "/inbound";

/** The guests who text: so many conversations, each with at most one text on its way. */
export const guestsCount = 512;

/** The number of a guest, from a range of the United Kingdom's that is kept for stories. */
export function guestNumber(guest: number): string {
  return `+447700900${String(guest).padStart(3, "0")}`;
}
