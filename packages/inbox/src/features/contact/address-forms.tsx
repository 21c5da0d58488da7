import { type Address, type Contact, limits } from "@foyer/contract";
import { type FormEvent, type ReactNode, useState } from "react";
import { addAddress, reassignAddress } from "../../data/contacts.ts";
import { Button } from "../../ui/button.tsx";
import { TextField } from "../../ui/form.tsx";
import { showToast } from "../../ui/toaster.tsx";
import { whyNotName, whyTooLong } from "../../ui/typed.ts";
import { whyNot } from "./act.ts";
import addressStyles from "./addresses.module.css";
import { addressKind } from "./model.ts";
import { words } from "./words.ts";

interface Props {
  readonly contact: Contact;
  readonly onDone: () => void;
}

/** One more phone number or e-mail; the server says what cannot exist or is somebody's already. */
export function AddAddress({ contact, onDone }: Props) {
  return (
    <SmallForm
      label={words.newAddress}
      hint={words.newAddressHint}
      act={words.addIt}
      check={(typed) => whyNotName(typed, limits.addressCharactersMax)}
      onSave={(typed) => addAddress(contact, addressKind(typed), typed)}
      onDone={onDone}
    />
  );
}

/** An address went over to somebody else: a number that was given out again, a shared phone. */
export function ReassignAddress({
  contact,
  address,
  onDone,
}: Props & { readonly address: Address }) {
  const save = async (typed: string) => {
    await reassignAddress(contact, address.id, typed === "" ? null : typed);
    showToast({ text: words.made(address.formatted) });
  };
  return (
    <SmallForm
      label={words.newName}
      hint={words.newNameHint}
      act={words.makeGuest}
      check={(typed) => whyTooLong(typed, limits.nameCharactersMax)}
      onSave={save}
      onDone={onDone}
    >
      <p>{words.somebodyElseText(address.formatted, contact.name ?? address.formatted)}</p>
    </SmallForm>
  );
}

interface SmallProps {
  readonly label: string;
  readonly hint: string;
  readonly act: string;
  readonly check: (typed: string) => string | null;
  readonly onSave: (typed: string) => Promise<void>;
  readonly onDone: () => void;
  readonly children?: ReactNode;
}

function SmallForm({ label, hint, act, check, onSave, onDone, children }: SmallProps) {
  const [typed, setTyped] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const wrong = check(typed);
    setProblem(wrong);
    if (wrong !== null || isBusy) return;
    setBusy(true);
    try {
      await onSave(typed.trim());
      onDone();
    } catch (error) {
      setProblem(whyNot(error));
      setBusy(false);
    }
  };
  return (
    <form className={addressStyles.small} onSubmit={(event) => void save(event)}>
      {children}
      <TextField
        label={label}
        hint={hint}
        problem={problem}
        value={typed}
        onValue={(text) => {
          setTyped(text);
          setProblem(null);
        }}
        autoFocus
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          event.stopPropagation();
          onDone();
        }}
      />
      <div className={addressStyles.acts}>
        <Button type="submit" look="primary" aria-disabled={isBusy}>
          {act}
        </Button>
        <Button look="quiet" onClick={onDone}>
          {words.cancel}
        </Button>
      </div>
    </form>
  );
}
