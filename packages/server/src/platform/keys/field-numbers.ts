/**
 * The number of every encrypted or indexed field. A number is part of each ciphertext and digest
 * of its field, so it is given once and never changed nor given again, even when a column is
 * renamed or dropped. New fields take a free number and are added to the snapshot in the test.
 */
export const FIELD = Object.freeze({
  tenantProfile: 1,
  propertyProfile: 2,
  agentProfile: 3,
  agentPassword: 4,
  agentEmailIndex: 5,
  teamProfile: 6,
  sessionDevice: 7,
  contactProfile: 10,
  contactAddress: 11,
  contactAddressIndex: 12,
  fieldValue: 13,
  labelProfile: 14,
  fieldProfile: 15,
  templateProfile: 16,
  channelSettings: 20,
  channelAddressIndex: 21,
  deliveryBody: 22,
  deliveryProviderIdIndex: 23,
  entryBody: 30,
  entryProviderId: 31,
  entryProviderIdIndex: 32,
  entryReaction: 33,
  attachmentProfile: 34,
  attachmentContent: 35,
  attachmentSource: 36,
  searchText: 40,
  searchAddress: 41,
  jobPayload: 50,
} as const);

/** A registered field number. */
export type FieldNumber = (typeof FIELD)[keyof typeof FIELD];

/** The number of every table whose rows carry a MAC. The same law as for fields. */
export const TABLE = Object.freeze({
  agent: 1,
  agentProperty: 2,
  session: 3,
  channel: 4,
  tenant: 5,
  consent: 6,
} as const);

/** A registered table number. */
export type TableNumber = (typeof TABLE)[keyof typeof TABLE];
