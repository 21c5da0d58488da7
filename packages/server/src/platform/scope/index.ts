export type { MessageArrived, Notice, NoticeListeners, StatusArrived } from "./notice.ts";
export type { ActRecorder } from "./record.ts";
export { createScopes, type OpenScope, type Scope, type Unit } from "./scope.ts";
