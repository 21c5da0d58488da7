import { type Label, type LabelId, limits } from "@foyer/contract";
import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import {
  createLabel,
  endLabel,
  type LabelValues,
  labelsOptions,
  updateLabel,
} from "../../data/labels.ts";
import { useWorkplace } from "../../data/workplace.ts";
import { TeamDot } from "../../ui/avatar.tsx";
import { Button } from "../../ui/button.tsx";
import { TextField } from "../../ui/form.tsx";
import { showToast } from "../../ui/toaster.tsx";
import { whyNotName } from "../../ui/typed.ts";
import { ColourChoice } from "./colour-choice.tsx";
import editStyles from "./edit.module.css";
import type { Source } from "./form.ts";
import { RetireButton } from "./retire-button.tsx";
import { EditForm, ItemList, ItemRow, Loaded, SectionHead, useGo } from "./section-parts.tsx";
import { mayChange } from "./sections.ts";
import styles from "./settings.module.css";
import type { SectionProps } from "./settings-page.tsx";
import { UnsavedGuard } from "./unsaved-guard.tsx";
import { useForm } from "./use-form.ts";
import { words } from "./words.ts";

const newId = "new";
const nothing: Source<LabelValues> = { version: 0, values: { name: "", colour: "grey" } };

function sourceOf({ version, name, colour }: Label): Source<LabelValues> {
  return { version, values: { name, colour } };
}

/** The labels, each changed where it stands in the list. */
export function LabelsSection({ item }: SectionProps) {
  const { property, may } = useWorkplace();
  const query = useQuery(labelsOptions(property.id));
  const canEdit = mayChange("labels", may);
  const go = useGo();
  const isFull = (query.data?.length ?? 0) >= limits.labelsPerPropertyMax;
  return (
    <>
      <SectionHead section="labels" isReadOnly={!canEdit}>
        {canEdit && item !== newId && (
          <Button
            look="primary"
            disabled={isFull}
            title={isFull ? words.tooMany(limits.labelsPerPropertyMax) : undefined}
            onClick={() => go("labels", newId)}
          >
            <Plus size={16} strokeWidth={1.6} aria-hidden="true" />
            {words.labels.add}
          </Button>
        )}
      </SectionHead>
      <div className={styles.body}>
        {item === newId && canEdit && <LabelForm label={null} />}
        <Loaded query={query}>
          {(labels) =>
            (labels.length > 0 || item !== newId) && (
              <ItemList
                label={words.sections.labels.label}
                items={labels}
                nameOf={({ name }) => name}
                empty={words.labels.none}
              >
                {(label) =>
                  label.id === item && canEdit ? (
                    <LabelForm key={label.id} label={label} />
                  ) : (
                    <ItemRow
                      icon={<TeamDot colour={label.colour} />}
                      name={label.name}
                      onOpen={canEdit ? () => go("labels", label.id) : undefined}
                    />
                  )
                }
              </ItemList>
            )
          }
        </Loaded>
      </div>
    </>
  );
}

/** One label's name and colour; null: one that is made. */
function LabelForm({ label }: { readonly label: Label | null }) {
  const { property } = useWorkplace();
  const go = useGo();
  const form = useForm<LabelValues>({
    source: label ? sourceOf(label) : nothing,
    check: ({ name }) => ({ name: whyNotName(name, limits.nameCharactersMax) }),
    save: async ({ name, colour }, version) => {
      const values = { name: name.trim(), colour };
      const saved = label
        ? await updateLabel(property.id, label.id, version, values)
        : await createLabel(property.id, values);
      return sourceOf(saved);
    },
    refusedAt: { "name.taken": "name" },
    onSaved: () => go("labels"),
  });
  const retire = async (labelId: LabelId, name: string) => {
    await endLabel(property.id, labelId);
    showToast({ text: words.labels.retired(name) });
    go("labels");
  };
  return (
    <div className={editStyles.inPlace}>
      <EditForm
        form={form}
        isNew={label === null}
        onCancel={() => go("labels")}
        aside={
          label && (
            <RetireButton
              label={words.retire}
              title={words.labels.retireTitle(label.name)}
              onAct={() => retire(label.id, label.name)}
            >
              <p>{words.labels.retireText}</p>
            </RetireButton>
          )
        }
      >
        <div className={editStyles.labelLine}>
          <TextField
            label={words.name}
            value={form.values.name}
            problem={form.problems.name}
            onValue={(name) => form.set({ name })}
            autoFocus
          />
          <ColourChoice value={form.values.colour} onValue={(colour) => form.set({ colour })} />
        </div>
      </EditForm>
      <UnsavedGuard isDirty={form.isDirtyNow} />
    </div>
  );
}
