import type { Address, Contact } from "@foyer/contract";
import { ChevronRight, Ellipsis } from "lucide-react";
import { type ReactNode, useState } from "react";
import { usePeople } from "../../data/people.ts";
import { useWorkplace } from "../../data/workplace.ts";
import { Button } from "../../ui/button.tsx";
import { LazyMenu } from "../../ui/lazy-menu.tsx";
import { lazyPart } from "../../ui/lazy-part.ts";
import { dayName, shortDate } from "../../ui/times.ts";
import { showToast } from "../../ui/toaster.tsx";
import { useNow } from "../../ui/use-now.ts";
import { AddAddress, ReassignAddress } from "./address-forms.tsx";
import addressStyles from "./addresses.module.css";
import { consentWords } from "./consent.ts";
import styles from "./contact.module.css";
import { Language } from "./language.tsx";
import { addressesOf } from "./model.ts";
import { words } from "./words.ts";

const { Part: AddressMenu } = lazyPart(
  async () => (await import("./address-menu.tsx")).AddressMenu,
);

/** Where the guest can be reached, whether they may be texted there, and where once. */
export function Addresses({ contact }: { readonly contact: Contact }) {
  const { may } = useWorkplace();
  const [isAdding, setAdding] = useState(false);
  const { current, former } = addressesOf(contact);
  return (
    <section className={styles.section} aria-label={words.reach}>
      {current.map((address) => (
        <AddressRow key={address.id} contact={contact} address={address} />
      ))}
      <div className={`${addressStyles.addressLine} ${addressStyles.language}`}>
        <span className={addressStyles.kind}>{words.language}</span>
        <span>
          <Language contact={contact} />
        </span>
      </div>
      {isAdding ? (
        <AddAddress contact={contact} onDone={() => setAdding(false)} />
      ) : (
        may("contact.edit") && (
          <Button look="link" className={styles.more} onClick={() => setAdding(true)}>
            {words.addAddress}
          </Button>
        )
      )}
      {former.length > 0 && (
        <details className={addressStyles.former}>
          <summary>
            <ChevronRight size={14} strokeWidth={1.6} aria-hidden="true" />
            {words.former(former.length)}
          </summary>
          {former.map((address) => (
            <Former key={address.id} address={address} />
          ))}
        </details>
      )}
    </section>
  );
}

function AddressRow({
  contact,
  address,
}: {
  readonly contact: Contact;
  readonly address: Address;
}) {
  const { may } = useWorkplace();
  const [isReassigning, setReassigning] = useState(false);
  return (
    <div className={addressStyles.address}>
      <div className={addressStyles.addressLine}>
        <span className={addressStyles.kind}>{words.kinds[address.kind]}</span>
        <CopyButton address={address} />
        {may("contact.edit") && (
          <LazyMenu
            align="end"
            trigger={
              <Button
                look="quiet"
                isSquare
                className={addressStyles.dots}
                aria-label={words.addressMenu(address.formatted)}
              >
                <Ellipsis size={16} strokeWidth={1.6} />
              </Button>
            }
          >
            {() => (
              <AddressMenu
                contact={contact}
                address={address}
                onReassign={() => setReassigning(true)}
              />
            )}
          </LazyMenu>
        )}
      </div>
      {address.kind === "phone" && <ConsentLine address={address} />}
      {isReassigning && (
        <ReassignAddress contact={contact} address={address} onDone={() => setReassigning(false)} />
      )}
    </div>
  );
}

function CopyButton({ address }: { readonly address: Address }) {
  return (
    <button
      type="button"
      className={addressStyles.copy}
      title={words.copy}
      aria-label={`${address.formatted}. ${words.copy}`}
      onClick={() => void copy(address.value)}
    >
      <bdi>{address.formatted}</bdi>
    </button>
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

function ConsentLine({ address }: { readonly address: Address }): ReactNode {
  const { property } = useWorkplace();
  const { agents } = usePeople(property.id);
  const now = useNow();
  const text = consentWords(address.consent, {
    date: (at) => dateOf(Date.parse(at), now, property.timeZone),
    nameOf: (id) => agents.get(id)?.name,
  });
  return (
    <p className={addressStyles.consent} data-state={address.consent.state}>
      {text}
    </p>
  );
}

/** "today", "yesterday", "3 Nov": a weekday alone would not say which one. */
function dateOf(atMs: number, nowMs: number, zone: string): string {
  const day = dayName(atMs, nowMs, zone);
  return day === "Today" || day === "Yesterday" ? day.toLowerCase() : shortDate(atMs, nowMs, zone);
}

function Former({ address }: { readonly address: Address }) {
  const { property } = useWorkplace();
  const now = useNow();
  const until = dateOf(Date.parse(address.until ?? address.since), now, property.timeZone);
  return (
    <div className={addressStyles.address}>
      <div className={addressStyles.addressLine}>
        <span className={addressStyles.kind}>{words.kinds[address.kind]}</span>
        <CopyButton address={address} />
      </div>
      <p className={addressStyles.consent}>{words.until(until)}</p>
    </div>
  );
}
