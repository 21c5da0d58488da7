import type { Contact, Conversation, ConversationId } from "@foyer/contract";
import { useQuery } from "@tanstack/react-query";
import { Ban, Ellipsis, Smartphone } from "lucide-react";
import { Suspense, useState } from "react";
import { withChanges } from "../../data/contact-changes.ts";
import { pendingChanges } from "../../data/contacts.ts";
import { useChannels } from "../../data/people.ts";
import { detailOptions } from "../../data/threads.ts";
import { useWorkplace } from "../../data/workplace.ts";
import { useStore } from "../../store/use-store.ts";
import { Button } from "../../ui/button.tsx";
import { mediumWords } from "../../ui/channel-words.ts";
import { LazyMenu } from "../../ui/lazy-menu.tsx";
import { lazyPart } from "../../ui/lazy-part.ts";
import { Bone, PaneState } from "../../ui/state.tsx";
import { fullTime, shortDate } from "../../ui/times.ts";
import { useNow } from "../../ui/use-now.ts";
import { tryAgainWords } from "../../ui/words.ts";
import { Addresses } from "./addresses.tsx";
import { unblockWithUndo } from "./block.ts";
import styles from "./contact.module.css";
import { FieldRows } from "./field-rows.tsx";
import { LabelsSection } from "./labels-section.tsx";
import { NameSection } from "./name-section.tsx";
import { WhoIsThis } from "./who-is-this.tsx";
import { words } from "./words.ts";

const { Part: GuestMenu } = lazyPart(async () => (await import("./guest-menu.tsx")).GuestMenu);
const { Part: BlockDialog } = lazyPart(
  async () => (await import("./block-dialog.tsx")).BlockDialog,
);

interface Props {
  readonly id: ConversationId;
  /** Shows the guest's phone in this place; only where there is one. */
  readonly onPhone?: (() => void) | undefined;
}

/** Who the guest is: everything in it is changed where it stands. */
export function ContactPane({ id, onPhone }: Props) {
  const { property } = useWorkplace();
  const query = useQuery(detailOptions(property.id, id));
  const contact = useShown(query.data?.contact);
  return (
    <aside className={styles.pane} aria-label={words.title}>
      <header className={styles.header}>
        <h2>{words.title}</h2>
        {onPhone && (
          <Button look="quiet" onClick={onPhone}>
            <Smartphone size={16} strokeWidth={1.6} aria-hidden="true" />
            {words.phone}
          </Button>
        )}
        {contact && <MoreMenu contact={contact} />}
      </header>
      {contact && <Details key={contact.id} contact={contact} />}
      {contact && query.data && (
        <ConversationFacts contact={contact} conversation={query.data.conversation} />
      )}
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

/** The contact with the changes that are on their way. */
function useShown(contact: Contact | undefined): Contact | undefined {
  const changes = useStore(pendingChanges, (all) => contact && all.get(contact.id));
  return contact && changes ? withChanges(contact, changes) : contact;
}

function MoreMenu({ contact }: { readonly contact: Contact }) {
  const { may } = useWorkplace();
  const [isAsking, setAsking] = useState(false);
  if (!may("contact.block")) return null;
  return (
    <>
      <LazyMenu
        align="end"
        trigger={
          <Button look="quiet" isSquare aria-label={words.more}>
            <Ellipsis size={16} strokeWidth={1.6} />
          </Button>
        }
      >
        {() => <GuestMenu contact={contact} onBlock={() => setAsking(true)} />}
      </LazyMenu>
      {isAsking && (
        <Suspense>
          <BlockDialog contact={contact} onClose={() => setAsking(false)} />
        </Suspense>
      )}
    </>
  );
}

function Details({ contact }: { readonly contact: Contact }) {
  const { may } = useWorkplace();
  const isUnknown = contact.name === null && may("contact.edit");
  return (
    <>
      {contact.blockedAt !== null && <Blocked contact={contact} at={contact.blockedAt} />}
      {isUnknown ? <WhoIsThis contact={contact} /> : <NameSection contact={contact} />}
      <FieldRows contact={contact} />
      <Addresses contact={contact} />
      <LabelsSection contact={contact} />
    </>
  );
}

function Blocked({ contact, at }: { readonly contact: Contact; readonly at: string }) {
  const { property, may } = useWorkplace();
  const date = shortDate(Date.parse(at), useNow(), property.timeZone);
  return (
    <div className={styles.blocked}>
      <Ban size={16} strokeWidth={1.6} aria-hidden="true" />
      <span>{words.isBlocked(date)}</span>
      {may("contact.block") && (
        <Button onClick={() => unblockWithUndo(contact)}>{words.unblock}</Button>
      )}
    </div>
  );
}

interface FactsProps {
  readonly contact: Contact;
  readonly conversation: Conversation;
}

/** What the thread does not show at a glance. */
function ConversationFacts({ contact, conversation }: FactsProps) {
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
        <Fact name={words.since}>
          {shortDate(Date.parse(contact.createdAt), now, property.timeZone)}
        </Fact>
      </dl>
    </section>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
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
        <Bone className={styles.boneShort} />
      </div>
      <div className={styles.section}>
        <Bone className={styles.boneShort} />
        <Bone className={styles.boneShort} />
      </div>
    </>
  );
}
