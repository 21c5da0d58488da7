import type { AgentId, Property, Right, Session } from "@foyer/contract";
import { createContext, useContext } from "react";

/** Who works here, where, and what they may do. */
export interface Workplace {
  readonly session: Session;
  readonly property: Property;
  readonly me: AgentId;
  readonly may: (right: Right) => boolean;
}

const Context = createContext<Workplace | null>(null);

export const WorkplaceProvider = Context.Provider;

/** The workplace of the screen; only inside a signed-in screen. */
export function useWorkplace(): Workplace {
  const workplace = useContext(Context);
  if (!workplace) throw new Error("There is no workplace outside a signed-in screen");
  return workplace;
}
