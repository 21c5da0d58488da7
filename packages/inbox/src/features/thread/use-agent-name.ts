import type { AgentId } from "@foyer/contract";
import { usePeople } from "../../data/people.ts";
import { useWorkplace } from "../../data/workplace.ts";
import { words } from "./words.ts";

/** How a colleague is called in a timeline: by first name, as at a front desk. */
export function useAgentName(): (id: AgentId | null) => string | null {
  const { property, session } = useWorkplace();
  const { agents } = usePeople(property.id);
  return (id) => {
    if (id === null) return null;
    const name = id === session.agent.id ? session.agent.name : agents.get(id)?.name;
    return name?.split(" ")[0] ?? words.formerColleague;
  };
}
