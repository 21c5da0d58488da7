import type { Contact } from "@foyer/contract";
import { changeContact } from "../../data/contacts.ts";
import { useWorkplace } from "../../data/workplace.ts";
import { languageChoices, languageName } from "../../ui/languages.ts";
import { orTell } from "./act.ts";
import styles from "./contact.module.css";
import { words } from "./words.ts";

/** What the guest speaks: templates follow it. */
export function Language({ contact }: { readonly contact: Contact }) {
  const { may } = useWorkplace();
  const { language } = contact;
  if (!may("contact.edit")) return language === null ? words.noLanguage : languageName(language);
  const choose = (tag: string) =>
    changeContact(contact, { kind: "language", language: tag === "" ? null : tag });
  return (
    <select
      className={styles.select}
      aria-label={words.language}
      data-empty={language === null}
      value={language ?? ""}
      onChange={({ target }) => void orTell(choose(target.value))}
    >
      <option value="">{words.noLanguage}</option>
      {languageChoices(language).map(({ value, label }) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
  );
}
