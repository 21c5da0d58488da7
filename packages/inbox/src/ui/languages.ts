const names = new Intl.DisplayNames("en", { type: "language" });

/** How a language is called: "German" for `de`; the tag itself where nobody knows it. */
export function languageName(tag: string): string {
  try {
    return names.of(tag) ?? tag;
  } catch {
    return tag;
  }
}

const tags = [
  "ar bg bn ca cs da de el en es et fa fi fr he hi hr hu id is it ja ko lt lv ms nb nl pl pt pt-BR",
  "ro ru sk sl sr sv th tl tr uk ur vi zh zh-TW",
];

/** Languages to choose from, by name; one in use that is not among them is added. */
export function languageChoices(inUse: string | null): { value: string; label: string }[] {
  const all = tags.join(" ").split(" ");
  const offered = inUse === null || all.includes(inUse) ? all : [...all, inUse];
  return offered
    .map((value) => ({ value, label: languageName(value) }))
    .sort((one, other) => one.label.localeCompare(other.label));
}
