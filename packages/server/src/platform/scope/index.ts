export type {
  AgentLeft,
  ArrivedMedia,
  AttachmentSettled,
  ConsentWord,
  ContactTold,
  FieldLeaving,
  MessageArrived,
  Notice,
  NoticeListeners,
  StatusArrived,
  TeamEnded,
} from "./notice.ts";
export type { ActRecorder } from "./record.ts";
export { createScopes, type OpenScope, type Scope, type Unit } from "./scope.ts";
