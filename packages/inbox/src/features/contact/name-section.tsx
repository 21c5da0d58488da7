import { type Contact, limits } from "@foyer/contract";
import { useRef } from "react";
import { ContactConflict, changeContact } from "../../data/contacts.ts";
import { useFields } from "../../data/fields.ts";
import { useWorkplace } from "../../data/workplace.ts";
import { whyTooLong } from "../../ui/typed.ts";
import { useNow } from "../../ui/use-now.ts";
import styles from "./contact.module.css";
import { Editable } from "./editable.tsx";
import { progressOf, valueFor } from "./model.ts";

/** What the guest is called, and how far their stay has come. */
export function NameSection({ contact }: { readonly contact: Contact }) {
  const { may } = useWorkplace();
  // What the editor began from: only a change of that very text by others is a conflict.
  const from = useRef(contact);
  const save = async (typed: string) => {
    const name = typed.trim() === "" ? null : typed.trim();
    try {
      await changeContact(from.current, { kind: "name", name });
    } catch (error) {
      if (error instanceof ContactConflict) from.current = error.now;
      throw error;
    }
  };
  return (
    <section className={styles.section}>
      <h3 className={styles.nameLine}>
        <Editable
          name="Name"
          value={contact.name ?? ""}
          isReadOnly={!may("contact.edit")}
          className={styles.name}
          check={(typed) => whyTooLong(typed, limits.nameCharactersMax)}
          onBegin={() => {
            from.current = contact;
          }}
          onSave={save}
        />
      </h3>
      <StayBar contact={contact} />
    </section>
  );
}

function StayBar({ contact }: { readonly contact: Contact }) {
  const { property } = useWorkplace();
  const fields = [...useFields(property.id).values()];
  const now = useNow();
  const find = (purpose: "arrival" | "departure" | "room") => valueFor(contact, fields, purpose);
  const progress = progressOf(find("arrival"), find("departure"), now, property.timeZone);
  if (progress === null) return null;
  return (
    <div className={styles.stay}>
      <span className={styles.track} aria-hidden="true">
        <span className={styles.past} style={{ width: `${progress.share * 100}%` }} />
      </span>
      <span>{progress.words}</span>
    </div>
  );
}
