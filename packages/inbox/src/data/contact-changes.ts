import type {
  Address,
  AddressId,
  AgentId,
  Contact,
  FieldId,
  FieldValue,
  LabelId,
} from "@foyer/contract";

/** How a guest said it to an agent: what an agent may record. */
export type AskedGround = "asked_in_person" | "booking_form" | "asked_by_phone";

/** One change of a contact that is shown before the server has confirmed it. */
export type ContactChange =
  | { readonly kind: "name"; readonly name: string | null }
  | { readonly kind: "language"; readonly language: string | null }
  | { readonly kind: "field"; readonly fieldId: FieldId; readonly value: FieldValue | null }
  | { readonly kind: "label_added" | "label_removed"; readonly labelId: LabelId }
  | { readonly kind: "address_ended"; readonly addressId: AddressId; readonly at: string }
  | { readonly kind: "blocked"; readonly at: string }
  | { readonly kind: "unblocked" }
  | {
      readonly kind: "consent";
      readonly addressId: AddressId;
      readonly state: "opted_in" | "opted_out";
      readonly ground: AskedGround;
      readonly agentId: AgentId;
      readonly at: string;
    };

/** A contact as it will be once all changes are confirmed, in the order they were made. */
export function withChanges(contact: Contact, changes: readonly ContactChange[]): Contact {
  return changes.reduce(withChange, contact);
}

function withChange(contact: Contact, change: ContactChange): Contact {
  switch (change.kind) {
    case "name":
      return { ...contact, name: change.name };
    case "language":
      return { ...contact, language: change.language };
    case "field":
      return { ...contact, fields: withField(contact.fields, change.fieldId, change.value) };
    case "label_added": {
      const others = contact.labelIds.filter((id) => id !== change.labelId);
      return { ...contact, labelIds: [...others, change.labelId] };
    }
    case "label_removed":
      return { ...contact, labelIds: contact.labelIds.filter((id) => id !== change.labelId) };
    case "address_ended":
      return withAddress(contact, change.addressId, { until: change.at });
    case "blocked":
      return { ...contact, blockedAt: change.at };
    case "unblocked":
      return { ...contact, blockedAt: null };
    case "consent": {
      const { state, ground, agentId, at } = change;
      return withAddress(contact, change.addressId, { consent: { state, ground, agentId, at } });
    }
  }
}

function withField(
  fields: Contact["fields"],
  fieldId: FieldId,
  value: FieldValue | null,
): Contact["fields"] {
  const others = fields.filter((field) => field.fieldId !== fieldId);
  return value === null ? others : [...others, { fieldId, value }];
}

function withAddress(contact: Contact, id: AddressId, change: Partial<Address>): Contact {
  const addresses = contact.addresses.map((address) =>
    address.id === id ? { ...address, ...change } : address,
  );
  return { ...contact, addresses };
}

/** What a guest is called or speaks, which two people may change at once. */
export type SharedText = "name" | "language";

/**
 * Whether somebody else changed the very thing that an editor began from. What changed beside it
 * is no conflict.
 */
export function isChangedByOthers(from: Contact, now: Contact, what: SharedText): boolean {
  return from[what] !== now[what];
}
