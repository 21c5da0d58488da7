import type { Address, Contact } from "@foyer/contract";
import { Ban, Check, UserRoundX, UsersRound } from "lucide-react";
import type { AskedGround } from "../../data/contact-changes.ts";
import { addAddress, changeContact } from "../../data/contacts.ts";
import { useWorkplace } from "../../data/workplace.ts";
import { MenuGroup, MenuItem, MenuLine } from "../../ui/menu.tsx";
import { showToast } from "../../ui/toaster.tsx";
import { orTell } from "./act.ts";
import { recordable } from "./consent.ts";
import styles from "./contact.module.css";
import { words } from "./words.ts";

interface Props {
  readonly contact: Contact;
  readonly address: Address;
  readonly onReassign: () => void;
}

/** What may be said of one address: about texting, and whose it is. */
export function AddressMenu({ contact, address, onReassign }: Props) {
  const { me } = useWorkplace();
  const { agreed, refused, isGuestsOwn } = recordable(address);
  const record = (state: "opted_in" | "opted_out", ground: AskedGround) => {
    const at = new Date().toISOString();
    const { id: addressId } = address;
    showToast({ text: words.consentSaved[state] });
    const change = { kind: "consent" as const, addressId, state, ground, agentId: me, at };
    void orTell(changeContact(contact, change));
  };
  const leave = () => {
    const at = new Date().toISOString();
    const back = () => void orTell(addAddress(contact, address.kind, address.value));
    showToast({
      text: words.removed(address.formatted),
      action: { label: words.undo, run: back },
    });
    void orTell(changeContact(contact, { kind: "address_ended", addressId: address.id, at }));
  };
  return (
    <>
      {isGuestsOwn && <p className={styles.menuSaid}>{words.onlyThem}</p>}
      {agreed.length > 0 && (
        <MenuGroup label={words.theyAgreed}>
          {agreed.map((ground) => (
            <MenuItem
              key={ground}
              icon={<Check size={16} strokeWidth={1.6} />}
              onClick={() => record("opted_in", ground)}
            >
              {words.how[ground]}
            </MenuItem>
          ))}
        </MenuGroup>
      )}
      {refused.length > 0 && (
        <MenuGroup label={words.theyRefused}>
          {refused.map((ground) => (
            <MenuItem
              key={ground}
              icon={<Ban size={16} strokeWidth={1.6} />}
              onClick={() => record("opted_out", ground)}
            >
              {words.how[ground]}
            </MenuItem>
          ))}
        </MenuGroup>
      )}
      {address.kind === "phone" && <MenuLine />}
      <MenuItem icon={<UserRoundX size={16} strokeWidth={1.6} />} onClick={leave}>
        {words.noLongerTheirs}
      </MenuItem>
      <MenuItem icon={<UsersRound size={16} strokeWidth={1.6} />} onClick={onReassign}>
        {words.somebodyElse}
      </MenuItem>
    </>
  );
}
