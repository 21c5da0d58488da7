import { limits, type Template } from "@foyer/contract";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useFields } from "../../data/fields.ts";
import {
  createTemplate,
  endTemplate,
  type TemplateValues,
  templatesOptions,
  updateTemplate,
} from "../../data/templates.ts";
import { useWorkplace } from "../../data/workplace.ts";
import { TextField } from "../../ui/form.tsx";
import { showToast } from "../../ui/toaster.tsx";
import { whyNotName } from "../../ui/typed.ts";
import editStyles from "./edit.module.css";
import type { Source } from "./form.ts";
import { RetireButton } from "./retire-button.tsx";
import { EditForm, Gone, Loaded, SectionHead, useGo } from "./section-parts.tsx";
import { mayChange } from "./sections.ts";
import templateStyles from "./template.module.css";
import { knownPlaceholders, shortcutOf, whyNotShortcut, whyNotTexts } from "./template-model.ts";
import { TemplatePreview } from "./template-preview.tsx";
import { TemplateTexts } from "./template-texts.tsx";
import { templateWords } from "./template-words.ts";
import { UnsavedGuard } from "./unsaved-guard.tsx";
import { useForm } from "./use-form.ts";
import { words } from "./words.ts";

const nothing: Source<TemplateValues> = {
  version: 0,
  values: { name: "", shortcut: "", texts: [{ language: "en", text: "" }] },
};

function sourceOf({ version, name, shortcut, texts }: Template): Source<TemplateValues> {
  return { version, values: { name, shortcut, texts } };
}

/** One template: a text per language, and how it reads for a guest. */
export function TemplatePage({ item }: { readonly item: string }) {
  const { property, may } = useWorkplace();
  const query = useQuery(templatesOptions(property.id));
  const canEdit = mayChange("templates", may);
  const isNew = item === "new" && canEdit;
  const template = query.data?.find(({ id }) => id === item) ?? null;
  return (
    <>
      <SectionHead section="templates" title={isNew ? templateWords.add : (template?.name ?? "")} />
      <div className={templateStyles.wideBody}>
        <Loaded query={query}>
          {() =>
            template || isNew ? (
              canEdit ? (
                <TemplateForm key={item} template={template} />
              ) : (
                template && <ReadTemplate template={template} />
              )
            ) : (
              <Gone section="templates" />
            )
          }
        </Loaded>
      </div>
    </>
  );
}

function ReadTemplate({ template }: { readonly template: Template }) {
  return (
    <div className={templateStyles.readTemplate}>
      {template.texts.map(({ language, text }) => (
        <TemplatePreview key={language} text={text} language={language} />
      ))}
    </div>
  );
}

function TemplateForm({ template }: { readonly template: Template | null }) {
  const { property } = useWorkplace();
  const go = useGo();
  const known = knownPlaceholders([...useFields(property.id).values()]);
  const [at, setAt] = useState(0);
  const form = useForm<TemplateValues>({
    source: template ? sourceOf(template) : nothing,
    check: ({ name, shortcut, texts }) => ({
      name: whyNotName(name, limits.nameCharactersMax),
      shortcut: whyNotShortcut(shortcut),
      texts: whyNotTexts(texts, known),
    }),
    save: async (typed, version) => {
      const texts = typed.texts.map(({ language, text }) => ({ language, text: text.trim() }));
      const values = { name: typed.name.trim(), shortcut: typed.shortcut, texts };
      const saved = template
        ? await updateTemplate(property.id, template.id, version, values)
        : await createTemplate(property.id, values);
      return sourceOf(saved);
    },
    refusedAt: { "name.taken": "name", "template.invalid": "texts" },
    onSaved: () => go("templates"),
  });
  const { name, shortcut, texts } = form.values;
  const rename = (next: string) => {
    const follows = template === null && shortcut === shortcutOf(name);
    form.set(follows ? { name: next, shortcut: shortcutOf(next) } : { name: next });
  };
  const shown = texts[Math.min(at, texts.length - 1)];
  return (
    <div className={templateStyles.sides}>
      <EditForm
        form={form}
        isNew={template === null}
        onCancel={() => go("templates")}
        aside={template && <Retire template={template} />}
      >
        <div className={editStyles.pair}>
          <TextField
            label={words.name}
            value={name}
            problem={form.problems.name}
            onValue={rename}
            autoFocus={template === null}
          />
          <TextField
            label={templateWords.shortcut}
            hint={templateWords.shortcutHint(shortcut)}
            value={shortcut}
            problem={form.problems.shortcut}
            spellCheck={false}
            autoCapitalize="none"
            onValue={(text) => form.set({ shortcut: text.toLowerCase() })}
          />
        </div>
        <TemplateTexts
          texts={texts}
          at={at}
          known={known}
          problem={form.problems.texts}
          onAt={setAt}
          onTexts={(next) => form.set({ texts: [...next] })}
        />
        <UnsavedGuard isDirty={form.isDirtyNow} />
      </EditForm>
      {shown && <TemplatePreview text={shown.text} language={shown.language} />}
    </div>
  );
}

function Retire({ template }: { readonly template: Template }) {
  const { property } = useWorkplace();
  const go = useGo();
  const retire = async () => {
    await endTemplate(property.id, template.id);
    showToast({ text: templateWords.retired(template.name) });
    go("templates");
  };
  return (
    <RetireButton
      label={words.retire}
      title={templateWords.retireTitle(template.name)}
      onAct={retire}
    >
      <p>{templateWords.retireText}</p>
    </RetireButton>
  );
}
