import { type Field, limits } from "@foyer/contract";
import { useQuery } from "@tanstack/react-query";
import { Plus, X } from "lucide-react";
import {
  createField,
  endField,
  type FieldValues,
  fieldsOptions,
  updateField,
} from "../../data/fields.ts";
import { useWorkplace } from "../../data/workplace.ts";
import { Button } from "../../ui/button.tsx";
import { SelectField, TextField } from "../../ui/form.tsx";
import { showToast } from "../../ui/toaster.tsx";
import { whyNotName } from "../../ui/typed.ts";
import editStyles from "./edit.module.css";
import type { Source } from "./form.ts";
import { whyNotOptions } from "./options.ts";
import { RetireButton } from "./retire-button.tsx";
import { EditForm, Gone, Loaded, SectionHead, useGo } from "./section-parts.tsx";
import styles from "./settings.module.css";
import { UnsavedGuard } from "./unsaved-guard.tsx";
import { useForm } from "./use-form.ts";
import { words } from "./words.ts";

const nothing: Source<FieldValues> = {
  version: 0,
  values: { name: "", kind: "text", options: [] },
};
const kinds = (["text", "number", "yes_no", "date", "choice"] as const).map((value) => ({
  value,
  label: words.fields.kinds[value],
}));

function sourceOf({ version, name, kind, options }: Field): Source<FieldValues> {
  return { version, values: { name, kind, options } };
}

/** One field: what it is called, what it holds, and what may be chosen. */
export function FieldPage({ item }: { readonly item: string }) {
  const { property } = useWorkplace();
  const query = useQuery(fieldsOptions(property.id));
  const isNew = item === "new";
  const field = query.data?.find(({ id }) => id === item) ?? null;
  return (
    <>
      <SectionHead section="fields" title={isNew ? words.fields.add : (field?.name ?? "")} />
      <div className={styles.body}>
        <Loaded query={query}>
          {() =>
            field || isNew ? <FieldForm key={item} field={field} /> : <Gone section="fields" />
          }
        </Loaded>
      </div>
    </>
  );
}

function FieldForm({ field }: { readonly field: Field | null }) {
  const { property } = useWorkplace();
  const go = useGo();
  const form = useForm<FieldValues>({
    source: field ? sourceOf(field) : nothing,
    check: ({ name, kind, options }) => ({
      name: whyNotName(name, limits.nameCharactersMax),
      options: kind === "choice" ? whyNotOptions(options) : null,
    }),
    save: async ({ name, kind, options }, version) => {
      const chosen = kind === "choice" ? options.map((option) => option.trim()) : [];
      const values = { name: name.trim(), options: chosen };
      const saved = field
        ? await updateField(property.id, field.id, version, values)
        : await createField(property.id, { ...values, kind });
      return sourceOf(saved);
    },
    refusedAt: { "name.taken": "name", "field.options_invalid": "options" },
    onSaved: () => go("fields"),
  });
  const retire = async (retired: Field) => {
    await endField(property.id, retired.id);
    showToast({ text: words.fields.retired(retired.name) });
    go("fields");
  };
  return (
    <EditForm
      form={form}
      isNew={field === null}
      onCancel={() => go("fields")}
      aside={
        field?.purpose === null && (
          <RetireButton
            label={words.retire}
            title={words.fields.retireTitle(field.name)}
            onAct={() => retire(field)}
          >
            <p>{words.fields.retireText}</p>
          </RetireButton>
        )
      }
    >
      <TextField
        label={words.name}
        value={form.values.name}
        problem={form.problems.name}
        onValue={(name) => form.set({ name })}
        autoFocus={field === null}
      />
      <SelectField
        label={words.fields.kind}
        hint={words.fields.kindHint}
        value={form.values.kind}
        choices={kinds}
        disabled={field !== null}
        onValue={(kind) => form.set({ kind })}
      />
      {form.values.kind === "choice" && (
        <Options
          options={form.values.options}
          problem={
            form.values.options.includes("") && !form.wasTried ? null : form.problems.options
          }
          onOptions={(options) => form.set({ options: [...options] })}
        />
      )}
      <UnsavedGuard isDirty={form.isDirtyNow} />
    </EditForm>
  );
}

interface OptionsProps {
  readonly options: readonly string[];
  readonly problem: string | null | undefined;
  readonly onOptions: (options: readonly string[]) => void;
}

function Options({ options, problem, onOptions }: OptionsProps) {
  return (
    <fieldset className={editStyles.group}>
      <legend>{words.fields.options}</legend>
      {options.map((option, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an option is nothing but its place and text
        <div key={index} className={editStyles.optionLine}>
          <TextField
            label={words.fields.option(index + 1)}
            isLabelHidden
            value={option}
            autoFocus={option === ""}
            onValue={(text) => onOptions(options.with(index, text))}
          />
          <Button
            look="quiet"
            isSquare
            aria-label={words.fields.removeOption(option)}
            onClick={() => onOptions(options.toSpliced(index, 1))}
          >
            <X size={16} strokeWidth={1.6} />
          </Button>
        </div>
      ))}
      {problem && (
        <p className={editStyles.problem} role="alert">
          {problem}
        </p>
      )}
      <Button
        className={editStyles.fit}
        disabled={options.length >= limits.fieldOptionsMax}
        onClick={() => onOptions([...options, ""])}
      >
        <Plus size={16} strokeWidth={1.6} aria-hidden="true" />
        {words.fields.addOption}
      </Button>
      <p className={editStyles.hint}>{words.fields.optionsHint}</p>
    </fieldset>
  );
}
