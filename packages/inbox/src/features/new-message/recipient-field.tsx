import { useQuery } from "@tanstack/react-query";
import { MessageSquarePlus } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useId, useState } from "react";
import { recentContactsOptions } from "../../data/contacts.ts";
import { useFields } from "../../data/fields.ts";
import { findGuestsOptions } from "../../data/start-conversation.ts";
import { useWorkplace } from "../../data/workplace.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { cx } from "../../ui/class-names.ts";
import { Field } from "../../ui/form.tsx";
import { useSettled } from "../../ui/use-settled.ts";
import { isNumberLike, nameOf } from "./model.ts";
import styles from "./new-message.module.css";
import { words } from "./words.ts";

/** Whom somebody picked: a guest, or a number as it was typed. */
export type Picked =
  | { readonly kind: "guest"; readonly contactId: string }
  | { readonly kind: "number"; readonly typed: string };

interface Option {
  readonly key: string;
  readonly picked: Picked;
  readonly title: string;
  readonly about: string;
  readonly icon: ReactNode;
}

interface Props {
  readonly problem: string | null;
  readonly isBusy: boolean;
  readonly onPick: (picked: Picked) => void;
  readonly onTyped: () => void;
}

/** Finds whom to write to: by name, room or number; or takes a number as it stands. */
export function RecipientField({ problem, isBusy, onPick, onTyped }: Props) {
  const [typed, setTyped] = useState("");
  const [active, setActive] = useState(0);
  const listId = useId();
  const { options, isSearching, isFailed } = useOptions(typed);
  const place = Math.min(active, Math.max(0, options.length - 1));
  const pick = (option: Option | undefined) => {
    if (option && !isBusy) onPick(option.picked);
  };
  const press = (event: KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0 && options.length > 0) {
      event.preventDefault();
      setActive((place + step + options.length) % options.length);
    } else if (event.key === "Enter" && !event.nativeEvent.isComposing) {
      event.preventDefault();
      pick(options[place]);
    }
  };
  const empty = isFailed ? words.notSearched : isSearching ? words.searching : words.nobody;
  return (
    <div className={styles.to}>
      <Field label={words.to} problem={problem}>
        {(ids) => (
          <input
            {...ids}
            // biome-ignore lint/a11y/noAutofocus: the dialog begins with this field
            autoFocus
            role="combobox"
            aria-expanded={options.length > 0}
            aria-controls={listId}
            aria-activedescendant={options.length > 0 ? `${listId}-${place}` : undefined}
            placeholder={words.find}
            autoComplete="off"
            spellCheck={false}
            dir="auto"
            value={typed}
            onChange={(event) => {
              setTyped(event.target.value);
              setActive(0);
              onTyped();
            }}
            onKeyDown={press}
          />
        )}
      </Field>
      <p className={styles.listHead}>{typed.trim() === "" ? words.recent : words.found}</p>
      <div id={listId} role="listbox" aria-label={words.to} className={styles.options}>
        {options.map((option, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field above moves and picks by keys
          <div
            key={option.key}
            id={`${listId}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === place}
            className={cx(styles.option, index === place && styles.isActive)}
            onPointerMove={() => setActive(index)}
            onClick={() => pick(option)}
          >
            {option.icon}
            <bdi className={styles.optionName}>{option.title}</bdi>
            <span className={styles.optionAbout}>{option.about}</span>
          </div>
        ))}
      </div>
      {options.length === 0 && <p className={styles.none}>{empty}</p>}
    </div>
  );
}

function useOptions(typed: string) {
  const { property } = useWorkplace();
  const query = useSettled(typed.trim());
  const fields = useFields(property.id);
  const roomField = [...fields.values()].find(({ purpose }) => purpose === "room");
  const recent = useQuery(recentContactsOptions(property.id));
  const found = useQuery({
    ...findGuestsOptions(property.id, query),
    placeholderData: (before) => before,
  });
  const recents = (recent.data ?? []).map((contact) => {
    const room = contact.fields.find(({ fieldId }) => fieldId === roomField?.id)?.value;
    return guestOption(contact.id, nameOf(contact), room === undefined ? null : String(room));
  });
  const guests = (found.data ?? []).map(({ contactId, title, room }) =>
    guestOption(contactId, title, room),
  );
  const current = typed.trim();
  const shown = current === "" ? recents : guests;
  const source = current === "" ? recent : found;
  return {
    options: isNumberLike(current) ? [numberOption(current), ...shown] : shown,
    isSearching: source.isFetching || query !== current,
    isFailed: source.isError,
  };
}

function guestOption(contactId: string, title: string, room: string | null): Option {
  return {
    key: contactId,
    picked: { kind: "guest", contactId },
    title,
    about: room === null ? "" : words.room(room),
    icon: <Avatar name={title} />,
  };
}

function numberOption(typed: string): Option {
  return {
    key: "number",
    picked: { kind: "number", typed },
    title: words.textNumber(typed),
    about: "",
    icon: (
      <span className={styles.slot}>
        <MessageSquarePlus size={16} strokeWidth={1.6} aria-hidden="true" />
      </span>
    ),
  };
}
