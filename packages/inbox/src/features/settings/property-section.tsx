import { limits, type Property } from "@foyer/contract";
import { useMemo } from "react";
import { type PropertyValues, updateProperty } from "../../data/property.ts";
import { useWorkplace } from "../../data/workplace.ts";
import { FinderField } from "../../ui/finder-field.tsx";
import { TextField } from "../../ui/form.tsx";
import { countries, countryName, timeIn, timeZones, zoneName } from "../../ui/places.ts";
import { showToast } from "../../ui/toaster.tsx";
import { whyNotName } from "../../ui/typed.ts";
import { useNow } from "../../ui/use-now.ts";
import editStyles from "./edit.module.css";
import type { Source } from "./form.ts";
import { EditForm, SectionHead } from "./section-parts.tsx";
import { mayChange } from "./sections.ts";
import styles from "./settings.module.css";
import { UnsavedGuard } from "./unsaved-guard.tsx";
import { useForm } from "./use-form.ts";
import { words } from "./words.ts";

function sourceOf({ version, name, timeZone, country }: Property): Source<PropertyValues> {
  return { version, values: { name, timeZone, country } };
}

/** What the property is called and where it stands. */
export function PropertySection() {
  const { property, may } = useWorkplace();
  const canEdit = mayChange("property", may);
  return (
    <>
      <SectionHead section="property" isReadOnly={!canEdit} />
      <div className={styles.body}>
        {canEdit ? <PropertyForm property={property} /> : <PropertyFacts property={property} />}
      </div>
    </>
  );
}

function PropertyFacts({ property }: { readonly property: Property }) {
  const now = useNow();
  return (
    <dl className={editStyles.facts}>
      <dt>{words.name}</dt>
      <dd>{property.name}</dd>
      <dt>{words.property.timeZone}</dt>
      <dd>
        {zoneName(property.timeZone)} · {timeIn(property.timeZone, now)}
      </dd>
      <dt>{words.property.country}</dt>
      <dd>{countryName(property.country)}</dd>
    </dl>
  );
}

function PropertyForm({ property }: { readonly property: Property }) {
  const form = useForm<PropertyValues>({
    source: sourceOf(property),
    check: ({ name }) => ({ name: whyNotName(name, limits.nameCharactersMax) }),
    save: async (values, version) => {
      const trimmed = { ...values, name: values.name.trim() };
      return sourceOf(await updateProperty(property.id, version, trimmed));
    },
    refusedAt: { "property.time_zone_unknown": "timeZone" },
    onSaved: () => showToast({ text: words.saved }),
  });
  const { timeZone, country } = form.values;
  const now = useNow();
  const zones = useMemo(() => timeZones(timeZone, now), [timeZone, now]);
  const lands = useMemo(countries, []);
  return (
    <EditForm form={form}>
      <TextField
        label={words.name}
        value={form.values.name}
        problem={form.problems.name}
        onValue={(name) => form.set({ name })}
      />
      <FinderField
        label={words.property.timeZone}
        hint={words.property.timeZoneHint}
        problem={form.problems.timeZone}
        chosen={timeZone}
        shown={`${zoneName(timeZone)} · ${timeIn(timeZone, now)}`}
        items={zones}
        placeholder={words.property.findZone}
        empty={words.property.noZone}
        onChoose={(id) => form.set({ timeZone: id })}
      />
      <FinderField
        label={words.property.country}
        hint={words.property.countryHint}
        problem={form.problems.country}
        chosen={country}
        shown={countryName(country)}
        items={lands}
        placeholder={words.property.findCountry}
        empty={words.property.noCountry}
        onChoose={(id) => form.set({ country: id })}
      />
      <UnsavedGuard isDirty={form.isDirtyNow} />
    </EditForm>
  );
}
