import type { Contact, Label, LabelId } from "@foyer/contract";
import { Plus, X } from "lucide-react";
import { changeContact } from "../../data/contacts.ts";
import { createLabel, useLabels } from "../../data/labels.ts";
import { useWorkplace } from "../../data/workplace.ts";
import { TeamDot } from "../../ui/avatar.tsx";
import { buttonClass } from "../../ui/button.tsx";
import { LazyFinder } from "../../ui/lazy-finder.tsx";
import { orTell } from "./act.ts";
import styles from "./contact.module.css";
import { words } from "./words.ts";

/** The labels that this property put on the guest. */
export function LabelsSection({ contact }: { readonly contact: Contact }) {
  const { property, may } = useWorkplace();
  const labels = useLabels(property.id);
  const put = contact.labelIds.flatMap((id) => labels.get(id) ?? []);
  const canEdit = may("contact.edit");
  return (
    <section className={styles.section}>
      <h3 className={styles.heading}>{words.labels}</h3>
      <ul className={styles.labels}>
        {put.map((label) => (
          <li key={label.id} className={styles.label}>
            <TeamDot colour={label.colour} />
            <bdi>{label.name}</bdi>
            {canEdit && (
              <button
                type="button"
                className={styles.remove}
                aria-label={words.removeLabel(label.name)}
                onClick={() =>
                  void orTell(changeContact(contact, { kind: "label_removed", labelId: label.id }))
                }
              >
                <X size={12} strokeWidth={2} />
              </button>
            )}
          </li>
        ))}
        {put.length === 0 && !canEdit && <li className={styles.nothing}>{words.noLabelsYet}</li>}
        {canEdit && (
          <li>
            <AddLabel contact={contact} labels={[...labels.values()]} />
          </li>
        )}
      </ul>
    </section>
  );
}

interface AddProps {
  readonly contact: Contact;
  readonly labels: readonly Label[];
}

function AddLabel({ contact, labels }: AddProps) {
  const { property, may } = useWorkplace();
  const add = (labelId: LabelId) => changeContact(contact, { kind: "label_added", labelId });
  const create = async (name: string) => {
    const label = await createLabel(property.id, { name, colour: "grey" });
    await add(label.id);
  };
  const face = (
    <>
      <Plus size={14} strokeWidth={1.6} aria-hidden="true" />
      {words.addLabel}
    </>
  );
  const className = `${buttonClass("quiet")} ${styles.addLabel}`;
  const items = labels
    .filter(({ id }) => !contact.labelIds.includes(id))
    .map(({ id, name, colour }) => ({ id, label: name, icon: <TeamDot colour={colour} /> }));
  return (
    <LazyFinder
      groups={[{ value: "", items }]}
      onChoose={(id) => void orTell(add(id as LabelId))}
      onCreate={may("property.lead") ? (name) => void orTell(create(name)) : undefined}
      createLabel={words.createLabel}
      placeholder={words.findLabel}
      empty={words.noLabels}
      label={words.addLabel}
      className={className}
    >
      {face}
    </LazyFinder>
  );
}
