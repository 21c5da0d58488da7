export type { AttachmentMediaType } from "./attachment-media.ts";
export { attachmentMediaTypes } from "./attachment-media.ts";
export type {
  AddressId,
  AgentId,
  AttachmentId,
  ChannelId,
  ContactId,
  ConversationId,
  DeliveryId,
  EntryId,
  FieldId,
  Id,
  LabelId,
  PropertyId,
  SessionId,
  TeamId,
  TemplateId,
  TenantId,
} from "./ids.ts";
export { idOf } from "./ids.ts";
export { instant, writeInstant } from "./instant.ts";
export { limits } from "./limits.ts";
export { namedSchemas } from "./named-schemas.ts";
export type {
  Method,
  Operation,
  OperationAnswer,
  OperationInput,
  OperationOutput,
  OperationParsed,
} from "./operation.ts";
export { operation, refusalsOfAll } from "./operation.ts";
export type { View } from "./operations/conversations.ts";
export type { SearchHit, SearchShortfall } from "./operations/search.ts";
export type { Session } from "./operations/sessions.ts";
export type { OperationKey } from "./operations.ts";
export { operations } from "./operations.ts";
export {
  builtInPlaceholders,
  foldPlaceholder,
  placeholderOf,
  placeholderPattern,
  placeholdersIn,
  unfilledPlaceholders,
} from "./placeholders.ts";
export type { FieldIssue, Problem, RefusalCode } from "./refusals.ts";
export { problemMediaType, refusals } from "./refusals.ts";
export type { Right, Role } from "./rights.ts";
export { rights, rightsOf, roleMay, roles, rolesEverywhere } from "./rights.ts";
export type { Address, Consent, ConsentGround, Contact, FieldValue } from "./schemas/contacts.ts";
export type {
  Attachment,
  Channel,
  Conversation,
  Delivery,
  FailureCode,
  Mention,
  Message,
  MessageState,
  Note,
  Occurrence,
  TimelineEntry,
} from "./schemas/conversations.ts";
export type { Agent, Property, Team } from "./schemas/people.ts";
export type { Field, FieldPurpose, Label, Template } from "./schemas/settings.ts";
export type { StreamEvent } from "./schemas/stream.ts";
export { streamEvent } from "./schemas/stream.ts";
export type { SmsSegments } from "./sms-segments.ts";
export { countSegments } from "./sms-segments.ts";
