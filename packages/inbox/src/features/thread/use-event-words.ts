import type { Occurrence, TeamId } from "@foyer/contract";
import { useLabels } from "../../data/labels.ts";
import { usePeople } from "../../data/people.ts";
import { useWorkplace } from "../../data/workplace.ts";
import { clockTime } from "../../ui/times.ts";
import { useAgentName } from "./use-agent-name.ts";
import { words } from "./words.ts";

/** What happened, with who and when, as people say it. */
export function useEventWords(): (event: Occurrence) => string {
  const { property } = useWorkplace();
  const people = usePeople(property.id);
  const labels = useLabels(property.id);
  const nameOf = useAgentName();
  const teamName = (id: TeamId) => people.teams.get(id)?.name ?? words.formerTeam;
  const assigned = ({ agentId, assignee }: Occurrence) => {
    const who = nameOf(agentId);
    if (assignee && "teamId" in assignee) return words.assigned(who, teamName(assignee.teamId));
    if (who && assignee?.agentId === agentId) return words.took(who);
    const to = nameOf(assignee?.agentId ?? null) ?? words.formerColleague;
    return words.assigned(who, to);
  };
  const tell = (event: Occurrence) => {
    const { event: what, agentId, labelId } = event;
    if (what === "assigned") return assigned(event);
    const label = (labelId && labels.get(labelId)?.name) ?? words.formerLabel;
    return words.events[what](nameOf(agentId), label);
  };
  return (event) => {
    const time = clockTime(Date.parse(event.occurredAt), property.timeZone);
    return `${tell(event)} · ${time}`;
  };
}
