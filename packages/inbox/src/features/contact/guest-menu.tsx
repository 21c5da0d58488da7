import type { Contact } from "@foyer/contract";
import { Ban, UserRoundCheck } from "lucide-react";
import { MenuItem } from "../../ui/menu.tsx";
import { unblockWithUndo } from "./block.ts";
import { words } from "./words.ts";

interface Props {
  readonly contact: Contact;
  readonly onBlock: () => void;
}

/** What is done to a guest as a whole. */
export function GuestMenu({ contact, onBlock }: Props) {
  if (contact.blockedAt !== null) {
    return (
      <MenuItem
        icon={<UserRoundCheck size={16} strokeWidth={1.6} />}
        onClick={() => unblockWithUndo(contact)}
      >
        {words.unblockGuest}
      </MenuItem>
    );
  }
  return (
    <MenuItem icon={<Ban size={16} strokeWidth={1.6} />} onClick={onBlock}>
      {words.block}
    </MenuItem>
  );
}
