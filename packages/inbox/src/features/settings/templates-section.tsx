import { limits, type Template } from "@foyer/contract";
import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { templatesOptions } from "../../data/templates.ts";
import { useWorkplace } from "../../data/workplace.ts";
import { Button } from "../../ui/button.tsx";
import { ItemList, ItemRow, Loaded, SectionHead, useGo } from "./section-parts.tsx";
import { mayChange } from "./sections.ts";
import styles from "./settings.module.css";
import type { SectionProps } from "./settings-page.tsx";
import { TemplatePage } from "./template-page.tsx";
import { templateWords } from "./template-words.ts";
import { words } from "./words.ts";

/** What is answered again and again; whoever may not change it can read it. */
export function TemplatesSection({ item }: SectionProps) {
  const { property, may } = useWorkplace();
  const query = useQuery(templatesOptions(property.id));
  const canEdit = mayChange("templates", may);
  const go = useGo();
  if (item !== null) return <TemplatePage item={item} />;
  const isFull = (query.data?.length ?? 0) >= limits.templatesPerPropertyMax;
  return (
    <>
      <SectionHead section="templates" isReadOnly={!canEdit}>
        {canEdit && (
          <Button
            look="primary"
            disabled={isFull}
            title={isFull ? words.tooMany(limits.templatesPerPropertyMax) : undefined}
            onClick={() => go("templates", "new")}
          >
            <Plus size={16} strokeWidth={1.6} aria-hidden="true" />
            {templateWords.add}
          </Button>
        )}
      </SectionHead>
      <div className={styles.body}>
        <Loaded query={query}>
          {(templates) => (
            <ItemList
              label={words.sections.templates.label}
              items={inOrder(templates)}
              nameOf={({ name, shortcut }) => `${name} /${shortcut}`}
              empty={templateWords.none}
            >
              {({ id, name, shortcut, texts }) => (
                <ItemRow
                  name={name}
                  about={texts[0]?.text}
                  end={[`/${shortcut}`, templateWords.languages(texts.length)]
                    .filter(Boolean)
                    .join(" · ")}
                  onOpen={() => go("templates", id)}
                />
              )}
            </ItemList>
          )}
        </Loaded>
      </div>
    </>
  );
}

function inOrder(templates: readonly Template[]): Template[] {
  return [...templates].sort((one, other) => one.name.localeCompare(other.name));
}
