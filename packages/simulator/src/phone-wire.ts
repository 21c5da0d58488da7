/**
 * What the page and the carrier say to each other. Types only: the page's modules import this
 * file, and nothing of it is left in what the browser loads.
 */
import type { Card, MediaKind } from "./media-kinds.ts";
import type { PhoneRefusal } from "./protocol.ts";
import type { Reaction } from "./reactions.ts";

/**
 * A guest's own text: `waiting` (the phone has no signal), `sending`, `retrying` (the hotel's
 * system did not answer, it will be tried again), `delivered` (it answered), `undelivered`
 * (given up). What came from the hotel is always `received`.
 */
export type PhoneMessageState =
  | "waiting"
  | "sending"
  | "retrying"
  | "delivered"
  | "undelivered"
  | "received";

/** A picture or file; its bytes are at `phone/media/{id}`. */
export interface PhoneMedia {
  readonly id: string;
  readonly kind: MediaKind;
  readonly name: string | null;
  readonly bytes: number;
  readonly width: number | null;
  readonly height: number | null;
  readonly card: Card | null;
}

export interface PhoneMessage {
  readonly id: string;
  /** Made by the page, so that a text that is posted twice is sent once. */
  readonly token: string | null;
  /** Order within the thread; only ever grows. */
  readonly position: number;
  readonly own: boolean;
  readonly text: string;
  readonly media: readonly PhoneMedia[];
  /** What the guest put on it. */
  readonly reaction: Reaction | null;
  /** The carrier's own answer, which the hotel did not write. */
  readonly automatic: boolean;
  /** Milliseconds since 1970, UTC. */
  readonly at: number;
  readonly state: PhoneMessageState;
}

export interface PhoneSummary {
  readonly number: string;
  readonly name: string | null;
  readonly offline: boolean;
  readonly refuses: PhoneRefusal | null;
  readonly readReceipts: boolean;
  /** Texts of the hotel that the page shows are stopped. */
  readonly stopped: boolean;
  readonly unread: number;
  readonly last: {
    readonly text: string;
    /** What it brought, where it has no words. */
    readonly media: MediaKind | null;
    readonly at: number;
    readonly own: boolean;
  } | null;
}

export interface HotelSummary {
  readonly number: string;
  readonly name: string;
}

/**
 * First event of every stream, `snapshot`: all that the page shows. `guest` is null where the
 * number that was asked for can have no phone here, or where there is none at all.
 */
export interface PhoneSnapshot {
  readonly guest: string | null;
  readonly hotel: string | null;
  readonly hotels: readonly HotelSummary[];
  /** The one that wrote or was written to last comes first. */
  readonly phones: readonly PhoneSummary[];
  readonly messages: readonly PhoneMessage[];
}
