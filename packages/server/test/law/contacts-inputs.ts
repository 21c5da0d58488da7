import { randomBytes, randomUUID } from "node:crypto";
import type { Asking, OperationInputs } from "./operation-inputs.ts";

const property = ({ stage }: Asking) => ({ propertyId: stage.hotel.propertyId });
const theGuest = (asking: Asking) => ({ ...property(asking), contactId: asking.stage.contactId });
const theLabel = (asking: Asking) => ({ ...theGuest(asking), labelId: asking.stage.labelId });
const asOwner = ({ stage }: Asking) => stage.hotel.agent("owner").client();

/** Something that nobody else is called; `foreign-ids` knows it again by how it begins. */
const newName = () => `law-${randomBytes(6).toString("hex")}`;

/** A guest of whom nothing else in the stage is told, with one address. */
async function aGuest(asking: Asking) {
  const value = `${newName()}@law.example`;
  const { contact } = await (await asOwner(asking)).createContact({
    ...property(asking),
    contactId: randomUUID(),
    name: newName(),
    addresses: [{ kind: "email", value }],
  });
  return { ...property(asking), contactId: contact.id };
}

async function anAddress(asking: Asking) {
  const guest = await aGuest(asking);
  const { contact } = await (await asOwner(asking)).getContact(guest);
  return { ...guest, addressId: contact.addresses[0]?.id ?? "" };
}

const newLabel = (asking: Asking) => ({
  ...property(asking),
  labelId: randomUUID(),
  name: newName(),
  colour: "violet" as const,
});

/** A property has few fields: those that were asked for before make room. */
async function newField(asking: Asking) {
  const client = await asOwner(asking);
  const { items } = await client.listFields(property(asking));
  for (const { id: fieldId, name } of items) {
    if (name.startsWith("law-")) await client.endField({ ...property(asking), fieldId });
  }
  return { ...property(asking), fieldId: randomUUID(), name: newName(), kind: "text" as const };
}

async function aLabel(asking: Asking) {
  const { label } = await (await asOwner(asking)).createLabel(newLabel(asking));
  return { ...property(asking), labelId: label.id };
}

async function aField(asking: Asking) {
  const { field } = await (await asOwner(asking)).createField(await newField(asking));
  return { ...property(asking), fieldId: field.id };
}

/** How guests, labels and fields are asked for, again and again. */
export const contactsInputs = {
  listContacts: (asking) => ({ ...property(asking), labelId: asking.stage.labelId }),
  createContact: (asking) => ({
    ...property(asking),
    contactId: randomUUID(),
    name: "Somebody new",
    addresses: [],
  }),
  getContact: theGuest,
  updateContact: async (asking) => {
    const { contact } = await (await asOwner(asking)).getContact(theGuest(asking));
    return { ...theGuest(asking), name: "Somebody known", version: contact.version };
  },
  lookUpContact: (asking) => ({
    ...property(asking),
    kind: "phone",
    value: asking.stage.guest.number,
  }),
  setContactField: (asking) => ({
    ...theGuest(asking),
    fieldId: asking.stage.fieldId,
    value: "412",
  }),
  addContactLabel: theLabel,
  removeContactLabel: theLabel,
  addContactAddress: async (asking) => ({
    ...(await aGuest(asking)),
    kind: "email",
    value: `${newName()}@law.example`,
  }),
  endContactAddress: anAddress,
  reassignContactAddress: async (asking) => ({
    ...(await anAddress(asking)),
    newContactId: randomUUID(),
    name: null,
  }),
  setConsent: async (asking) => ({
    ...(await anAddress(asking)),
    state: "opted_in",
    ground: "booking_form",
  }),
  blockContact: aGuest,
  unblockContact: aGuest,
  listLabels: property,
  createLabel: newLabel,
  updateLabel: async (asking) => ({ ...(await aLabel(asking)), colour: "red", version: 1 }),
  endLabel: aLabel,
  listFields: property,
  createField: newField,
  updateField: async (asking) => ({ ...(await aField(asking)), position: 0, version: 1 }),
  endField: aField,
} satisfies Partial<OperationInputs>;
