import { type Field, limits } from "@foyer/contract";
import { useQuery } from "@tanstack/react-query";
import { ArrowDown, ArrowUp, Plus } from "lucide-react";
import { refusalCodeOf } from "../../data/api.ts";
import { fieldsOptions, moveField } from "../../data/fields.ts";
import { useWorkplace } from "../../data/workplace.ts";
import { Button } from "../../ui/button.tsx";
import { showToast } from "../../ui/toaster.tsx";
import { whyRefused } from "../../ui/words.ts";
import { FieldPage } from "./field-page.tsx";
import { ItemList, ItemRow, Loaded, SectionHead, useGo } from "./section-parts.tsx";
import { mayChange } from "./sections.ts";
import styles from "./settings.module.css";
import type { SectionProps } from "./settings-page.tsx";
import { words } from "./words.ts";

/** What is kept of guests, in the order in which every screen shows it. */
export function FieldsSection({ item }: SectionProps) {
  const { property, may } = useWorkplace();
  const query = useQuery(fieldsOptions(property.id));
  const canEdit = mayChange("fields", may);
  const go = useGo();
  if (item !== null && canEdit) return <FieldPage item={item} />;
  const isFull = (query.data?.length ?? 0) >= limits.fieldsPerPropertyMax;
  return (
    <>
      <SectionHead section="fields" isReadOnly={!canEdit}>
        {canEdit && (
          <Button
            look="primary"
            disabled={isFull}
            title={isFull ? words.tooMany(limits.fieldsPerPropertyMax) : undefined}
            onClick={() => go("fields", "new")}
          >
            <Plus size={16} strokeWidth={1.6} aria-hidden="true" />
            {words.fields.add}
          </Button>
        )}
      </SectionHead>
      <div className={styles.body}>
        <Loaded query={query}>
          {(fields) => (
            <ItemList
              label={words.sections.fields.label}
              items={fields}
              nameOf={({ name }) => name}
              empty={words.fields.none}
            >
              {(field) => (
                <div className={styles.withActs}>
                  <ItemRow
                    name={field.name}
                    about={aboutOf(field)}
                    hasActs
                    onOpen={canEdit ? () => go("fields", field.id) : undefined}
                  />
                  {canEdit && <Movers field={field} fields={fields} />}
                </div>
              )}
            </ItemList>
          )}
        </Loaded>
      </div>
    </>
  );
}

function aboutOf({ kind, options, purpose }: Field): string {
  const kindName = words.fields.kinds[kind];
  if (purpose !== null) return `${kindName} · ${words.fields.everywhere}`;
  return kind === "choice" ? `${kindName} · ${options.join(", ")}` : kindName;
}

interface MoversProps {
  readonly field: Field;
  readonly fields: readonly Field[];
}

/** Up and down, for the mouse, the finger and the keyboard alike. */
function Movers({ field, fields }: MoversProps) {
  const { property } = useWorkplace();
  const place = fields.indexOf(field);
  const move = async (to: number) => {
    try {
      await moveField(property.id, field, to);
    } catch (error) {
      showToast({ text: words.notDone(whyRefused(refusalCodeOf(error))) });
    }
  };
  return (
    <span className={styles.movers}>
      <Button
        look="quiet"
        isSquare
        aria-label={words.fields.up(field.name)}
        disabled={place === 0}
        onClick={() => void move(place - 1)}
      >
        <ArrowUp size={16} strokeWidth={1.6} />
      </Button>
      <Button
        look="quiet"
        isSquare
        aria-label={words.fields.down(field.name)}
        disabled={place === fields.length - 1}
        onClick={() => void move(place + 1)}
      >
        <ArrowDown size={16} strokeWidth={1.6} />
      </Button>
    </span>
  );
}
