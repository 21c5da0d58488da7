import { type Channel, type Conversation, countSegments, limits } from "@foyer/contract";
import { X } from "lucide-react";
import { type FormEvent, useRef } from "react";
import { useChannels } from "../../data/people.ts";
import { useWorkplace } from "../../data/workplace.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Button } from "../../ui/button.tsx";
import { mediumWords } from "../../ui/channel-words.ts";
import { Radios, SelectField, TextArea, TextField } from "../../ui/form.tsx";
import { isApple } from "../../ui/platform.ts";
import { Sheet } from "../../ui/sheet.tsx";
import { PaneState } from "../../ui/state.tsx";
import { whyTooLong } from "../../ui/typed.ts";
import { nameOf, needsConsent, phonesOf, type Recipient } from "./model.ts";
import styles from "./new-message.module.css";
import { RecipientField } from "./recipient-field.tsx";
import { TemplateChoice } from "./template-choice.tsx";
import { useNewMessage } from "./use-new-message.ts";
import { words } from "./words.ts";

interface Props {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onSent: (conversation: Conversation) => void;
}

/** Writes to a guest first: to somebody who is known, or to a number. */
export function NewMessageDialog({ isOpen, onClose, onSent }: Props) {
  return (
    <Sheet isOpen={isOpen} onClose={onClose} title={words.title} hasHead className={styles.dialog}>
      <Body
        onSent={(conversation) => {
          onClose();
          onSent(conversation);
        }}
      />
    </Sheet>
  );
}

function Body({ onSent }: Pick<Props, "onSent">) {
  const { property } = useWorkplace();
  const channels = [...useChannels(property.id).values()].filter(({ isActive }) => isActive);
  const message = useNewMessage(channels, onSent);
  if (channels.length === 0) return <PaneState text={words.noChannel} />;
  const { written, toProblem, isBusy } = message;
  return (
    <div className={styles.body}>
      {written.recipient === null ? (
        <RecipientField
          problem={toProblem}
          isBusy={isBusy}
          onPick={(picked) => void message.pick(picked)}
          onTyped={message.clearToProblem}
        />
      ) : (
        <Letter recipient={written.recipient} message={message} channels={channels} />
      )}
    </div>
  );
}

interface LetterProps {
  readonly recipient: Recipient;
  readonly message: ReturnType<typeof useNewMessage>;
  readonly channels: readonly Channel[];
}

function Letter({ recipient, message, channels }: LetterProps) {
  const { written, set, hindrance, lacks, wasTried, isBusy, said, channel } = message;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void message.send();
  };
  return (
    <form className={styles.letter} onSubmit={submit} noValidate>
      <Chosen recipient={recipient} onChange={() => set({ recipient: null })} />
      {hindrance !== null ? (
        <p className={styles.hindrance} role="alert">
          {hindrance}
        </p>
      ) : (
        <>
          {recipient.kind === "number" && (
            <TextField
              label={words.name}
              hint={words.nameHint}
              value={written.name}
              problem={whyTooLong(written.name, limits.nameCharactersMax)}
              onValue={(name) => set({ name })}
            />
          )}
          <Ways recipient={recipient} channels={channels} message={message} />
          {needsConsent(recipient) && (
            <Radios
              legend={words.consent}
              value={written.consent}
              choices={grounds}
              problem={wasTried ? lacks.consent : null}
              onValue={(consent) => set({ consent })}
            />
          )}
          <Words recipient={recipient} message={message} />
          {said !== null && (
            <p className={styles.problem} role="alert">
              {said}
            </p>
          )}
          <div className={styles.foot}>
            {channel?.capabilities.hasSegments && <Segments text={written.text} />}
            <Button type="submit" look="primary" aria-disabled={isBusy}>
              {isBusy ? words.sending : words.send}
              <kbd>{isApple ? "⌘ ↵" : "Ctrl ↵"}</kbd>
            </Button>
          </div>
        </>
      )}
    </form>
  );
}

const grounds = (["asked_in_person", "asked_by_phone", "booking_form"] as const).map((value) => ({
  value,
  label: words.how[value],
}));

interface ChosenProps {
  readonly recipient: Recipient;
  readonly onChange: () => void;
}

function Chosen({ recipient, onChange }: ChosenProps) {
  const isGuest = recipient.kind === "guest";
  const title = isGuest ? nameOf(recipient.contact) : recipient.typed;
  const about = isGuest ? (recipient.address?.formatted ?? "") : words.newNumber;
  return (
    <div className={styles.chosen}>
      <Avatar name={isGuest ? recipient.contact.name : null} size="large" />
      <span className={styles.chosenText}>
        <bdi className={styles.optionName}>{title}</bdi>
        <span className={styles.optionAbout}>{about === title ? "" : about}</span>
      </span>
      <Button look="quiet" isSquare aria-label={words.change} onClick={onChange}>
        <X size={16} strokeWidth={1.6} />
      </Button>
    </div>
  );
}

/** At which number, and from which: only where there is a choice. */
function Ways({ recipient, channels, message }: LetterProps) {
  const { set, channel } = message;
  const phones = recipient.kind === "guest" ? phonesOf(recipient.contact) : [];
  return (
    <>
      {recipient.kind === "guest" && phones.length > 1 && (
        <SelectField
          label={words.address}
          value={recipient.address?.id ?? ""}
          choices={phones.map(({ id, formatted }) => ({ value: id as string, label: formatted }))}
          onValue={(id) =>
            set({
              recipient: { ...recipient, address: phones.find((one) => one.id === id) ?? null },
              consent: null,
            })
          }
        />
      )}
      {channels.length > 1 && channel && (
        <SelectField
          label={words.channel}
          value={channel.id as string}
          choices={channels.map(({ id, medium, formatted }) => ({
            value: id as string,
            label: `${mediumWords[medium]} · ${formatted}`,
          }))}
          onValue={(id) => set({ channelId: channels.find((one) => one.id === id)?.id ?? null })}
        />
      )}
    </>
  );
}

function Words({ recipient, message }: Pick<LetterProps, "recipient" | "message">) {
  const { written, set, lacks, wasTried } = message;
  const area = useRef<HTMLTextAreaElement>(null);
  const isTyped = written.text.trim() !== "";
  return (
    <TextArea
      ref={area}
      label={words.text}
      value={written.text}
      rows={4}
      problem={isTyped || wasTried ? lacks.text : null}
      aside={
        <TemplateChoice
          recipient={recipient}
          onChoose={(text) => {
            set({ text: isTyped ? `${written.text.trimEnd()} ${text}` : text });
            area.current?.focus();
          }}
        />
      }
      onValue={(text) => set({ text })}
      onKeyDown={(event) => {
        if (event.key !== "Enter" || !(event.metaKey || event.ctrlKey)) return;
        event.preventDefault();
        void message.send();
      }}
    />
  );
}

const countedFromCharacters = 120;

function Segments({ text }: { readonly text: string }) {
  if (text.length < countedFromCharacters) return <span className={styles.count} />;
  const { segments } = countSegments(text);
  return <span className={styles.count}>{words.segments(text.length, segments)}</span>;
}
