import { useQuery } from "@tanstack/react-query";
import { ChevronDown } from "lucide-react";
import { useFields } from "../../data/fields.ts";
import { fillText, textFor } from "../../data/template-text.ts";
import { templatesOptions } from "../../data/templates.ts";
import { useWorkplace } from "../../data/workplace.ts";
import { buttonClass } from "../../ui/button.tsx";
import { Finder } from "../../ui/finder.tsx";
import { placeholderValues, type Recipient } from "./model.ts";
import { words } from "./words.ts";

interface Props {
  readonly recipient: Recipient;
  readonly onChoose: (text: string) => void;
}

/** A template's text in the guest's language, with what is known of them put in. */
export function TemplateChoice({ recipient, onChoose }: Props) {
  const { property, session } = useWorkplace();
  const fields = [...useFields(property.id).values()];
  const templates = useQuery(templatesOptions(property.id)).data ?? [];
  if (templates.length === 0) return null;
  const language = recipient.kind === "guest" ? recipient.contact.language : null;
  const choose = (id: string) => {
    const template = templates.find((one) => one.id === id);
    if (!template) return;
    const chosen = textFor(template, language);
    const known = {
      fields,
      property: property.name,
      agent: session.agent.name,
      language: chosen.language,
    };
    onChoose(fillText(chosen.text, placeholderValues(recipient, known)));
  };
  const items = templates.map(({ id, name, shortcut }) => ({
    id: id as string,
    label: name,
    also: shortcut,
    end: `/${shortcut}`,
  }));
  return (
    <Finder
      className={buttonClass("link")}
      groups={[{ value: "", items }]}
      label={words.template}
      placeholder={words.findTemplate}
      empty={words.noTemplate}
      onChoose={choose}
    >
      {words.template}
      <ChevronDown size={14} strokeWidth={1.6} aria-hidden="true" />
    </Finder>
  );
}
