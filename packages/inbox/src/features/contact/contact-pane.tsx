import type { Contact, Conversation, ConversationId } from "@foyer/contract";
import { useQuery } from "@tanstack/react-query";
import { Pencil } from "lucide-react";
import { useState } from "react";
import { useChannels } from "../../data/people.ts";
import { detailOptions } from "../../data/threads.ts";
import { useWorkplace } from "../../data/workplace.ts";
import { Button } from "../../ui/button.tsx";
import { mediumWords } from "../../ui/channel-words.ts";
import { Bone, PaneState } from "../../ui/state.tsx";
import { fullTime, shortDate } from "../../ui/times.ts";
import { showToast } from "../../ui/toaster.tsx";
import { useNow } from "../../ui/use-now.ts";
import { tryAgainWords } from "../../ui/words.ts";
import styles from "./contact.module.css";
import { NameForm } from "./name-form.tsx";
import { words } from "./words.ts";

/** Who the guest is. */
export function ContactPane({ id }: { readonly id: ConversationId }) {
  const { property } = useWorkplace();
  const query = useQuery(detailOptions(property.id, id));
  const contact = query.data?.contact;
  return (
    <aside className={styles.pane} aria-label={words.title}>
      <header className={styles.header}>
        <h2>{words.title}</h2>
      </header>
      {contact && <Details key={contact.id} contact={contact} />}
      {query.data && <ConversationFacts conversation={query.data.conversation} />}
      {!contact && query.isPending && <ContactBones />}
      {!contact && query.isError && (
        <PaneState
          text={words.error}
          action={{ label: tryAgainWords, run: () => void query.refetch() }}
        />
      )}
    </aside>
  );
}

function Details({ contact }: { readonly contact: Contact }) {
  const { property } = useWorkplace();
  const now = useNow();
  return (
    <>
      <section className={styles.section}>
        <Name contact={contact} />
      </section>
      <section className={styles.section}>
        <dl className={styles.facts}>
          {contact.addresses.map((address) => (
            <Fact key={address.id} name={words.kinds[address.kind]}>
              <button
                type="button"
                className={styles.copy}
                aria-label={`${address.formatted}. ${words.copy(words.kinds[address.kind])}`}
                onClick={() => void copy(address.value)}
              >
                <bdi>{address.formatted}</bdi>
              </button>
            </Fact>
          ))}
          {contact.language !== null && (
            <Fact name={words.language}>{languageName(contact.language)}</Fact>
          )}
          <Fact name={words.since}>
            {shortDate(Date.parse(contact.createdAt), now, property.timeZone)}
          </Fact>
        </dl>
      </section>
    </>
  );
}

/** What of the conversation the thread does not show at a glance. */
function ConversationFacts({ conversation }: { readonly conversation: Conversation }) {
  const { property } = useWorkplace();
  const now = useNow();
  const channel = useChannels(property.id).get(conversation.channelId);
  const { waitingSince, lastAt } = conversation;
  const timeOf = (at: string) => fullTime(Date.parse(at), now, property.timeZone);
  return (
    <section className={styles.section}>
      <h3 className={styles.heading}>{words.conversation}</h3>
      <dl className={styles.facts}>
        {waitingSince !== null && <Fact name={words.waits}>{timeOf(waitingSince)}</Fact>}
        <Fact name={words.lastSaid}>{timeOf(lastAt)}</Fact>
        {channel && <Fact name={words.channel}>{mediumWords[channel.medium]}</Fact>}
      </dl>
    </section>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

function Name({ contact }: { readonly contact: Contact }) {
  const { may } = useWorkplace();
  const [isEditing, setEditing] = useState(false);
  if (isEditing) return <NameForm contact={contact} onDone={() => setEditing(false)} />;
  const shown = contact.name ?? contact.addresses[0]?.formatted ?? "";
  return (
    <div className={styles.nameRow}>
      <h3 className={styles.name}>
        <bdi>{shown}</bdi>
      </h3>
      {may("contact.edit") && (
        <Button
          look="quiet"
          isSquare
          className={styles.edit}
          aria-label={contact.name === null ? words.add : words.edit}
          onClick={() => setEditing(true)}
        >
          <Pencil size={16} strokeWidth={1.6} />
        </Button>
      )}
    </div>
  );
}

async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    showToast({ text: words.copied });
  } catch {
    // Without the right to the clipboard the text can still be selected by hand.
  }
}

function languageName(code: string): string {
  try {
    return new Intl.DisplayNames("en", { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
}

function ContactBones() {
  return (
    <>
      <div className={styles.section}>
        <Bone className={styles.bone} />
      </div>
      <div className={styles.section}>
        <Bone className={styles.boneShort} />
        <Bone className={styles.boneShort} />
      </div>
    </>
  );
}
