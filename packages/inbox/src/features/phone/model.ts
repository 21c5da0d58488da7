import type { Contact } from "@foyer/contract";

/** Whose phone is shown, and with which hotel it texts. */
export interface Phone {
  /** Null: nobody's yet; the simulator shows whom it knows. */
  readonly guest: string | null;
  readonly hotel: string | null;
}

export type Theme = "system" | "light" | "dark";

/** The number of a guest's phone as it is now; null where none is known. */
export function phoneNumberOf(contact: Contact | undefined): string | null {
  const address = contact?.addresses.find(({ kind, until }) => kind === "phone" && until === null);
  return address?.value ?? null;
}

/** Where the phone is found: docked, in the theme of the inbox. */
export function phoneAddress(path: string, { guest, hotel }: Phone, theme: Theme): string {
  const query = new URLSearchParams({ docked: "1" });
  if (guest !== null) query.set("guest", guest);
  if (hotel !== null) query.set("hotel", hotel);
  if (theme !== "system") query.set("theme", theme);
  return `${path}?${query}`;
}

/** What the phone is told when another conversation opens; null: it stays as it is. */
export function wishOf({ guest, hotel }: Phone) {
  if (guest === null) return null;
  return { type: "foyer.phone.guest", number: guest, ...(hotel === null ? {} : { hotel }) };
}
