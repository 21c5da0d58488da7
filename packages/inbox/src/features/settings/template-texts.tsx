import { limits, type Template } from "@foyer/contract";
import { Plus, X } from "lucide-react";
import { type KeyboardEvent, useRef } from "react";
import { Button, buttonClass } from "../../ui/button.tsx";
import { Finder } from "../../ui/finder.tsx";
import { Count, TextArea } from "../../ui/form.tsx";
import { languageChoices, languageName } from "../../ui/languages.ts";
import editStyles from "./edit.module.css";
import templateStyles from "./template.module.css";
import { insertAt, whyNotText } from "./template-model.ts";
import { templateWords as words } from "./template-words.ts";

type Texts = Template["texts"];

interface Props {
  readonly texts: Texts;
  /** Which of them is open. */
  readonly at: number;
  readonly known: readonly string[];
  readonly problem: string | null | undefined;
  readonly onAt: (at: number) => void;
  readonly onTexts: (texts: Texts) => void;
}

/** One text per language, and what can be put into it. */
export function TemplateTexts({ texts, at, known, problem, onAt, onTexts }: Props) {
  const area = useRef<HTMLTextAreaElement>(null);
  const place = Math.min(at, texts.length - 1);
  const shown = texts[place];
  if (!shown) return null;
  const write = (text: string) => onTexts(texts.with(place, { ...shown, text }));
  const insert = (name: string) => {
    const { selectionStart: from, selectionEnd: to } = area.current ?? {
      selectionStart: shown.text.length,
      selectionEnd: shown.text.length,
    };
    const { text, caret } = insertAt(shown.text, from, to, `{${name}}`);
    write(text);
    // The caret can be set only once the text is there.
    requestAnimationFrame(() => {
      area.current?.focus();
      area.current?.setSelectionRange(caret, caret);
    });
  };
  const remove = () => {
    onTexts(texts.toSpliced(place, 1));
    onAt(Math.max(0, place - 1));
  };
  const own = whyNotText(shown.text, known);
  const said = shown.text === "" && !problem ? null : own;
  return (
    <div className={templateStyles.texts}>
      <Languages texts={texts} at={place} onAt={onAt} onTexts={onTexts} />
      <TextArea
        ref={area}
        label={words.text(shown.language)}
        value={shown.text}
        problem={said ?? (own === null ? problem : null)}
        hint={place === 0 && texts.length > 1 ? words.firstHint : undefined}
        lang={shown.language}
        rows={6}
        aside={<Count used={shown.text.length} max={limits.templateTextCharactersMax} />}
        onValue={write}
      />
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would draw what a group says */}
      <div className={templateStyles.placeholders} role="group" aria-label={words.placeholders}>
        <span className={editStyles.hint}>{words.placeholders}</span>
        {known.map((name) => (
          <button
            key={name}
            type="button"
            className={templateStyles.placeholder}
            onClick={() => insert(name)}
          >
            {`{${name}}`}
          </button>
        ))}
      </div>
      {texts.length > 1 && (
        <Button look="quiet" className={editStyles.fit} onClick={remove}>
          <X size={16} strokeWidth={1.6} aria-hidden="true" />
          {words.removeLanguage(shown.language)}
        </Button>
      )}
    </div>
  );
}

type LanguagesProps = Pick<Props, "texts" | "at" | "onAt" | "onTexts">;

function Languages({ texts, at, onAt, onTexts }: LanguagesProps) {
  const press = (event: KeyboardEvent) => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    onAt((at + step + texts.length) % texts.length);
    const tabs = event.currentTarget.querySelectorAll<HTMLElement>("[role=tab]");
    tabs[(at + step + texts.length) % texts.length]?.focus();
  };
  const offered = languageChoices(null)
    .filter(({ value }) => !texts.some(({ language }) => language === value))
    .map(({ value, label }) => ({ id: value, label, also: value }));
  return (
    <div className={templateStyles.languages}>
      <div
        role="tablist"
        aria-label={words.texts}
        onKeyDown={press}
        className={templateStyles.tabs}
      >
        {texts.map(({ language }, index) => (
          <button
            key={language}
            type="button"
            role="tab"
            aria-selected={index === at}
            tabIndex={index === at ? 0 : -1}
            className={templateStyles.tab}
            onClick={() => onAt(index)}
          >
            {languageName(language)}
          </button>
        ))}
      </div>
      {texts.length < limits.templateLanguagesMax && (
        <Finder
          className={buttonClass("quiet")}
          groups={[{ value: "", items: offered }]}
          label={words.addLanguage}
          placeholder={words.findLanguage}
          empty={words.noLanguage}
          onChoose={(language) => {
            onTexts([...texts, { language, text: "" }]);
            onAt(texts.length);
          }}
        >
          <Plus size={16} strokeWidth={1.6} aria-hidden="true" />
          {words.addLanguage}
        </Finder>
      )}
    </div>
  );
}
