/** Limits that a caller can meet. Each is part of the contract and names its unit. */
export const limits = {
  /** A message or note, in UTF-16 code units. A channel may allow less. */
  entryTextCharactersMax: 100_000,
  nameCharactersMax: 200,
  emailCharactersMax: 254,
  passwordCharactersMin: 12,
  passwordCharactersMax: 256,
  addressCharactersMax: 254,
  contactAddressesMax: 20,
  fieldTextCharactersMax: 500,
  fieldOptionsMax: 50,
  fieldsPerPropertyMax: 50,
  labelsPerPropertyMax: 200,
  templateTextCharactersMax: 1_600,
  templateLanguagesMax: 20,
  templatesPerPropertyMax: 500,
  attachmentBytesMax: 5_242_880,
  attachmentsPerMessageMax: 10,
  mentionsPerNoteMax: 20,
  handOverConversationsMax: 500,
  searchQueryCharactersMax: 400,
  searchHitsMax: 50,
  pageItemsDefault: 50,
  pageItemsMax: 100,
  requestBodyBytesMax: 1_048_576,
  /** Conversations that one browser may follow in one stream: its open tabs. */
  streamConversationsMax: 20,
} as const;
