import type { Contact } from "@foyer/contract";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { blockWithUndo } from "./block.ts";
import { words } from "./words.ts";

interface Props {
  readonly contact: Contact;
  readonly onClose: () => void;
}

/** Asks before a guest is blocked: they would notice. */
export function BlockDialog({ contact, onClose }: Props) {
  const name = contact.name ?? contact.addresses[0]?.formatted ?? "";
  return (
    <ConfirmDialog
      title={words.blockTitle(name)}
      act={words.block}
      isDanger
      onAct={() => blockWithUndo(contact)}
      onClose={onClose}
    >
      <p>{words.blockText}</p>
    </ConfirmDialog>
  );
}
