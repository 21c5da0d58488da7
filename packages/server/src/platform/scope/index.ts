export type { MessageArrived, Notice, NoticeListeners, StatusArrived } from "./notice.ts";
export type { Act, ActRecorder } from "./record.ts";
export { createScopes, type NewJob, type OpenScope, type Scope, type Unit } from "./scope.ts";
