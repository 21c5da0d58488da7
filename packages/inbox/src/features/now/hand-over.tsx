import type { AgentId, Conversation, TeamId } from "@foyer/contract";
import { ArrowRightLeft, CircleDashed } from "lucide-react";
import { useState } from "react";
import { refusalCodeOf } from "../../data/api.ts";
import { handOverAll } from "../../data/now.ts";
import { usePeople } from "../../data/people.ts";
import { useWorkplace } from "../../data/workplace.ts";
import { Avatar, TeamDot } from "../../ui/avatar.tsx";
import { buttonClass } from "../../ui/button.tsx";
import { Finder, type FoundGroup } from "../../ui/finder.tsx";
import { showToast } from "../../ui/toaster.tsx";
import { whyRefused } from "../../ui/words.ts";
import type { Person } from "./model.ts";
import { words } from "./words.ts";

const nobodyId = "nobody";

/** Moves all that somebody holds to a colleague, a team or nobody, in one step. */
export function HandOver({ person }: { readonly person: Person }) {
  const { property } = useWorkplace();
  const groups = useChoices(person.agentId);
  const [isMoving, setMoving] = useState(false);
  const { teams } = usePeople(property.id);
  const move = async (id: string) => {
    setMoving(true);
    const assignee: Conversation["assignee"] =
      id === nobodyId
        ? null
        : teams.has(id as TeamId)
          ? { teamId: id as TeamId }
          : { agentId: id as AgentId };
    const name = groups.flatMap(({ items }) => items).find((one) => one.id === id)?.label ?? "";
    try {
      const moved = await handOverAll(property.id, person.agentId, assignee);
      showToast({
        text: assignee === null ? words.movedToNobody(moved) : words.moved(moved, name),
      });
    } catch (error) {
      showToast({ text: words.notMoved(whyRefused(refusalCodeOf(error))) });
    } finally {
      setMoving(false);
    }
  };
  return (
    <Finder
      className={buttonClass()}
      groups={groups}
      isDisabled={isMoving}
      label={words.moveWhat(person.name)}
      placeholder={words.findPeople}
      empty={words.noPeople}
      onChoose={(id) => void move(id)}
    >
      <ArrowRightLeft size={16} strokeWidth={1.6} aria-hidden="true" />
      {isMoving ? words.moving : words.move}
    </Finder>
  );
}

/** Nobody, then teams, then colleagues; not the one whose guests are moved. */
function useChoices(from: AgentId): FoundGroup[] {
  const { property, me } = useWorkplace();
  const { agents, teams } = usePeople(property.id);
  const nobody = {
    id: nobodyId,
    label: words.nobody,
    icon: <CircleDashed size={16} strokeWidth={1.6} />,
    end: words.unassigned,
  };
  const people = [...agents.values()].filter(({ id, isActive }) => isActive && id !== from);
  const groups = [
    { value: "", items: [nobody] },
    {
      value: words.teamsGroup,
      items: [...teams.values()].map(({ id, name, colour }) => ({
        id,
        label: name,
        icon: <TeamDot colour={colour} />,
      })),
    },
    {
      value: words.peopleGroup,
      items: people.map(({ id, name }) => ({
        id,
        label: name,
        icon: <Avatar name={name} size="small" isOwn={id === me} />,
        ...(id === me ? { end: words.you } : {}),
      })),
    },
  ];
  return groups.filter(({ items }) => items.length > 0);
}
