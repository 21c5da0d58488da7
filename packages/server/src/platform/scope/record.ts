import type { AgentId } from "@foyer/contract";
import type { Unit } from "./scope.ts";

/** What somebody did: the act in codes, by whom, to what. Never content. */
export interface Act {
  /** Past tense, for example `conversation.closed`. */
  readonly act: string;
  /** Null: the house itself. */
  readonly agentId: AgentId | null;
  readonly subjectId: string;
}

/**
 * Writes acts down, in the transaction in which they happen. Today they are counted in the log's
 * words; the audit trail will stand behind the same door.
 */
export interface ActRecorder {
  write(unit: Unit, act: Act): Promise<void>;
}
