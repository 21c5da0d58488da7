import { type Contact, limits } from "@foyer/contract";
import { type FormEvent, useRef, useState } from "react";
import { refusalCodeOf } from "../../data/api.ts";
import { readContact, renameContact } from "../../data/contacts.ts";
import { Button } from "../../ui/button.tsx";
import { showToast } from "../../ui/toaster.tsx";
import { whyRefused } from "../../ui/words.ts";
import styles from "./contact.module.css";
import { words } from "./words.ts";

interface Props {
  readonly contact: Contact;
  readonly onDone: () => void;
}

/** The guest's name, being changed. Somebody else's change in between is shown, not overwritten. */
export function NameForm({ contact, onDone }: Props) {
  const [name, setName] = useState(contact.name ?? "");
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const version = useRef(contact.version);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (isBusy) return;
    setBusy(true);
    try {
      await renameContact(contact.id, name.trim() === "" ? null : name.trim(), version.current);
      showToast({ text: words.saved });
      onDone();
    } catch (error) {
      const code = refusalCodeOf(error);
      if (code === "version.conflict") {
        const now = await readContact(contact.id).catch(() => contact);
        version.current = now.version;
        setProblem(words.conflict(now.name ?? ""));
      } else setProblem(words.notSaved(whyRefused(code)));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className={styles.form} onSubmit={(event) => void save(event)}>
      <input
        className={styles.input}
        aria-label={words.name}
        autoComplete="off"
        // biome-ignore lint/a11y/noAutofocus: somebody has just asked to edit this very field
        autoFocus
        dir="auto"
        value={name}
        maxLength={limits.nameCharactersMax}
        onChange={(event) => setName(event.target.value)}
        onKeyDown={(event) => event.key === "Escape" && onDone()}
        aria-describedby={problem === null ? undefined : "name-problem"}
      />
      {problem !== null && (
        <p id="name-problem" className={styles.problem} role="alert">
          {problem}
        </p>
      )}
      <div className={styles.acts}>
        <Button type="submit" look="primary" aria-disabled={isBusy}>
          {words.save}
        </Button>
        <Button look="quiet" onClick={onDone}>
          {words.cancel}
        </Button>
      </div>
    </form>
  );
}
