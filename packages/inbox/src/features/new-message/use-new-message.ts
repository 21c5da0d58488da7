import type { Channel, ChannelId, ContactId, Conversation, EntryId } from "@foyer/contract";
import { useRef, useState } from "react";
import { refusalCodeOf } from "../../data/api.ts";
import type { AskedGround } from "../../data/contact-changes.ts";
import { readContact } from "../../data/contacts.ts";
import { lookUpNumber, startConversation, unfilledIn } from "../../data/start-conversation.ts";
import { mintUuidV7 } from "../../data/uuid-v7.ts";
import { useWorkplace } from "../../data/workplace.ts";
import { whyRefused } from "../../ui/words.ts";
import { guestOf, hindranceOf, lacksOf, needsConsent, type Recipient } from "./model.ts";
import type { Picked } from "./recipient-field.tsx";
import { words } from "./words.ts";

/** A first message while it is written. */
export interface NewMessage {
  readonly recipient: Recipient | null;
  readonly name: string;
  readonly text: string;
  readonly consent: AskedGround | null;
  readonly channelId: ChannelId | null;
}

const nothing: NewMessage = {
  recipient: null,
  name: "",
  text: "",
  consent: null,
  channelId: null,
};

/** What closing the dialog must not lose. Gone with the page, and for anybody else. */
const kept = { by: "" as string, message: nothing };

/** Everything that a first message needs: whom, by what, how they agreed, and what it says. */
export function useNewMessage(
  channels: readonly Channel[],
  onSent: (conversation: Conversation) => void,
) {
  const { property, me } = useWorkplace();
  const by = `${me} ${property.id}`;
  const [written, setWritten] = useState(kept.by === by ? kept.message : nothing);
  const [wasTried, setTried] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  const [toProblem, setToProblem] = useState<string | null>(null);
  const minted = useRef({ of: "", id: "" as EntryId });
  const channel = channels.find(({ id }) => id === written.channelId) ?? channels[0];
  const keep = (message: NewMessage) => {
    Object.assign(kept, { by, message });
    setWritten(message);
  };
  const set = (change: Partial<NewMessage>) => {
    keep({ ...written, ...change });
    setSaid(null);
  };
  const pick = async (picked: Picked) => {
    setBusy(true);
    setToProblem(null);
    try {
      set({ recipient: await recipientOf(picked, property.id), consent: null, name: "" });
    } catch (error) {
      setToProblem(whyRefused(refusalCodeOf(error)));
    } finally {
      setBusy(false);
    }
  };
  const lacks = lacksOf(written, channel?.capabilities.textCharactersMax ?? Number.MAX_VALUE);
  const hindrance = written.recipient === null ? null : hindranceOf(written.recipient);
  const send = async () => {
    setTried(true);
    const isWhole = lacks.to === null && lacks.consent === null && lacks.text === null;
    if (isBusy || !channel || hindrance !== null || !isWhole || !written.recipient) return;
    setBusy(true);
    setSaid(null);
    const message = messageOf(written, written.recipient, channel.id);
    // The same message keeps its id, so that trying again never says it twice.
    const of = JSON.stringify(message);
    if (minted.current.of !== of) minted.current = { of, id: mintUuidV7() as EntryId };
    try {
      const conversation = await startConversation(property.id, {
        ...message,
        messageId: minted.current.id,
      });
      keep(nothing);
      onSent(conversation);
    } catch (error) {
      const gap = unfilledIn(error);
      setSaid(words.notSent(gap ? words.fillIn(gap) : whyRefused(refusalCodeOf(error))));
    } finally {
      setBusy(false);
    }
  };
  const clearToProblem = () => setToProblem(null);
  const state = { written, lacks, hindrance, channel, wasTried, isBusy, said, toProblem };
  return { ...state, set, pick, send, clearToProblem };
}

async function recipientOf(
  picked: Picked,
  propertyId: Parameters<typeof lookUpNumber>[0],
): Promise<Recipient> {
  if (picked.kind === "guest") return guestOf(await readContact(picked.contactId as ContactId));
  const known = await lookUpNumber(propertyId, picked.typed);
  return known ? guestOf(known) : { kind: "number", typed: picked.typed };
}

function messageOf(written: NewMessage, recipient: Recipient, channelId: ChannelId) {
  const name = written.name.trim();
  const address = {
    kind: "phone" as const,
    value: recipient.kind === "number" ? recipient.typed : "",
  };
  const to =
    recipient.kind === "guest" && recipient.address
      ? { contactId: recipient.contact.id, addressId: recipient.address.id }
      : { address, name: name === "" ? null : name };
  const consent = needsConsent(recipient) ? written.consent : null;
  return { to, channelId, text: written.text, consent };
}
