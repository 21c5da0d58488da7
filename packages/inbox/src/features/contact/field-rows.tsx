import { type Contact, type Field, type FieldValue, limits } from "@foyer/contract";
import { useState } from "react";
import { changeContact } from "../../data/contacts.ts";
import { useFields } from "../../data/fields.ts";
import { useWorkplace } from "../../data/workplace.ts";
import { Button } from "../../ui/button.tsx";
import { Switch } from "../../ui/form.tsx";
import { dateName } from "../../ui/local-dates.ts";
import { useNow } from "../../ui/use-now.ts";
import { orTell } from "./act.ts";
import styles from "./contact.module.css";
import { Editable, Nothing } from "./editable.tsx";
import { fieldsOf, readTyped } from "./model.ts";
import { words } from "./words.ts";

/** What the property keeps of the guest, each filled where it stands. */
export function FieldRows({ contact }: { readonly contact: Contact }) {
  const { property } = useWorkplace();
  const fields = useFields(property.id);
  const [isUnfolded, setUnfolded] = useState(false);
  const { shown, folded } = fieldsOf(contact, fields.values());
  if (shown.length + folded.length === 0) return null;
  const rows = isUnfolded ? [...shown, ...folded] : shown;
  return (
    <section className={styles.section} aria-label={words.stay}>
      <dl className={styles.facts}>
        {rows.map(({ field, value }) => (
          <div key={field.id} className={styles.fact}>
            <dt id={`field-${field.id}`}>{field.name}</dt>
            <dd>
              <Value contact={contact} field={field} value={value} />
            </dd>
          </div>
        ))}
      </dl>
      {folded.length > 0 && !isUnfolded && (
        <Button look="link" className={styles.more} onClick={() => setUnfolded(true)}>
          {words.showEmpty(folded.length)}
        </Button>
      )}
    </section>
  );
}

interface ValueProps {
  readonly contact: Contact;
  readonly field: Field;
  readonly value: FieldValue | null;
}

function Value({ contact, field, value }: ValueProps) {
  const isReadOnly = !useWorkplace().may("contact.edit");
  const set = (next: FieldValue | null) =>
    changeContact(contact, { kind: "field", fieldId: field.id, value: next });
  if (field.kind === "yes_no") {
    if (isReadOnly) return value === null ? <Nothing /> : value ? words.yes : words.no;
    return (
      <Switch
        isOn={value === true}
        aria-labelledby={`field-${field.id}`}
        onSwitch={(isOn) => void orTell(set(isOn))}
      />
    );
  }
  if (field.kind === "choice") return <Choice {...{ field, value, isReadOnly, set }} />;
  return <Typed {...{ field, value, isReadOnly, set }} />;
}

interface InPlace extends Omit<ValueProps, "contact"> {
  readonly isReadOnly: boolean;
  readonly set: (value: FieldValue | null) => Promise<void>;
}

function Typed({ field, value, isReadOnly, set }: InPlace) {
  const { property } = useWorkplace();
  const now = useNow();
  const text = value === null ? "" : String(value);
  const shown = field.kind === "date" && text ? dateName(text, now, property.timeZone) : text;
  const read = (typed: string) => readTyped(field, typed, limits.fieldTextCharactersMax);
  return (
    <Editable
      name={field.name}
      value={text}
      shown={shown}
      isReadOnly={isReadOnly}
      type={field.kind === "date" ? "date" : "text"}
      inputMode={field.kind === "number" ? "decimal" : "text"}
      check={(typed) => {
        const found = read(typed);
        return "problem" in found ? found.problem : null;
      }}
      onSave={(typed) => {
        const found = read(typed);
        return set("problem" in found ? null : found.value);
      }}
    />
  );
}

function Choice({ field, value, isReadOnly, set }: InPlace) {
  const text = value === null ? "" : String(value);
  if (isReadOnly) return text === "" ? <Nothing /> : <bdi>{text}</bdi>;
  // An option that was taken away since is still what was said.
  const options =
    text === "" || field.options.includes(text) ? field.options : [...field.options, text];
  return (
    <select
      className={styles.select}
      aria-labelledby={`field-${field.id}`}
      data-empty={text === ""}
      value={text}
      onChange={({ target }) => void orTell(set(target.value === "" ? null : target.value))}
    >
      <option value="">{text === "" ? words.add : words.none}</option>
      {options.map((option) => (
        <option key={option} value={option}>
          {option}
        </option>
      ))}
    </select>
  );
}
