import type { Contact } from "@foyer/contract";
import { changeContact } from "../../data/contacts.ts";
import { showToast } from "../../ui/toaster.tsx";
import { orTell } from "./act.ts";
import { words } from "./words.ts";

const block = (contact: Contact) =>
  changeContact(contact, { kind: "blocked", at: new Date().toISOString() });
const unblock = (contact: Contact) => changeContact(contact, { kind: "unblocked" });

function nameOf({ name, addresses }: Contact): string {
  return name ?? addresses[0]?.formatted ?? "";
}

/** Blocks a guest, with the way back in a toast. */
export function blockWithUndo(contact: Contact): void {
  const run = () => void orTell(unblock(contact));
  showToast({ text: words.blocked(nameOf(contact)), action: { label: words.undo, run } });
  void orTell(block(contact));
}

/** Lets a blocked guest write again, with the way back in a toast. */
export function unblockWithUndo(contact: Contact): void {
  const run = () => void orTell(block(contact));
  showToast({ text: words.unblocked(nameOf(contact)), action: { label: words.undo, run } });
  void orTell(unblock(contact));
}
