import type { Template } from "@foyer/contract";

type TemplateText = Template["texts"][number];

/**
 * The text of a template for a guest: in their language as it is tagged (BCP 47), else in that
 * language wherever it is spoken, else the first, which is there for everybody else.
 */
export function chooseText(
  template: Pick<Template, "texts">,
  guestLanguage: string | null,
): TemplateText {
  const { texts } = template;
  const [first] = texts;
  if (!first) throw new Error("A template has no text");
  const tag = guestLanguage?.toLowerCase() ?? "";
  const spoken = primaryOf(tag);
  if (spoken === "") return first;
  const tagged = texts.map((text) => ({ text, tag: text.language.toLowerCase() }));
  const found =
    tagged.find((candidate) => candidate.tag === tag) ??
    tagged.find((candidate) => candidate.tag === spoken) ??
    tagged.find((candidate) => primaryOf(candidate.tag) === spoken);
  return found?.text ?? first;
}

function primaryOf(tag: string): string {
  return tag.split("-", 1)[0] ?? "";
}
