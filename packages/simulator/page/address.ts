/** What the page's address says: whose phone, with which hotel, and how it stands. */
export interface Address {
  readonly guest: string | null;
  readonly hotel: string | null;
  /** One phone beside something else, in a frame: without the lists around it. */
  readonly isDocked: boolean;
  /** Null follows the system. */
  readonly theme: "light" | "dark" | null;
}

export function readAddress(search: string): Address {
  const query = new URLSearchParams(search);
  const theme = query.get("theme");
  return {
    guest: readNumber(query.get("guest")),
    hotel: readNumber(query.get("hotel")),
    isDocked: query.get("docked") === "1",
    theme: theme === "light" || theme === "dark" ? theme : null,
  };
}

export function writeAddress({ guest, hotel, isDocked, theme }: Address): string {
  const query = new URLSearchParams();
  if (guest !== null) query.set("guest", guest);
  if (hotel !== null) query.set("hotel", hotel);
  if (isDocked) query.set("docked", "1");
  if (theme !== null) query.set("theme", theme);
  return `?${query}`;
}

/** What a page around this one may ask for. */
export interface Wish {
  readonly guest: string;
  /** Null leaves it as it is. */
  readonly hotel: string | null;
}

/** `{ type: "foyer.phone.guest", number, hotel? }`; null for anything else. */
export function readWish(data: unknown): Wish | null {
  if (typeof data !== "object" || data === null) return null;
  const { type, number, hotel } = data as Readonly<Record<string, unknown>>;
  if (type !== "foyer.phone.guest" || typeof number !== "string") return null;
  const guest = readNumber(number);
  if (guest === null) return null;
  return { guest, hotel: typeof hotel === "string" ? readNumber(hotel) : null };
}

/** A plus sign that nobody encoded arrives as a space. */
function readNumber(given: string | null): string | null {
  const number = given?.trim().replace(/^(?=\d)/, "+");
  return number !== undefined && /^\+\d{1,20}$/.test(number) ? number : null;
}
