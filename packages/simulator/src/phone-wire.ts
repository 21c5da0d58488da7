/**
 * What the page and the carrier say to each other. Types only: the page's modules import this
 * file, and nothing of it is left in what the browser loads.
 */

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

export interface PhoneMessage {
  readonly id: string;
  /** Made by the page, so that a text that is posted twice is sent once. */
  readonly token: string | null;
  /** Order within the thread; only ever grows. */
  readonly position: number;
  readonly own: boolean;
  readonly text: string;
  /** Milliseconds since 1970, UTC. */
  readonly at: number;
  readonly state: PhoneMessageState;
}

export interface PhoneSummary {
  readonly number: string;
  readonly name: string;
  readonly offline: boolean;
  readonly refuses: boolean;
  readonly readReceipts: boolean;
  readonly unread: number;
  readonly last: { readonly text: string; readonly at: number; readonly own: boolean } | null;
}

export interface HotelSummary {
  readonly number: string;
  readonly name: string;
}

/** First event of every stream, `snapshot`: all that the page shows. */
export interface PhoneSnapshot {
  readonly guest: string | null;
  readonly hotel: string | null;
  readonly hotels: readonly HotelSummary[];
  readonly phones: readonly PhoneSummary[];
  readonly messages: readonly PhoneMessage[];
}
