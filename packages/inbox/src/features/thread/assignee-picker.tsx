import { Combobox } from "@base-ui/react/combobox";
import type { Agent, Conversation, Team } from "@foyer/contract";
import { Check, CircleDashed } from "lucide-react";
import type { ReactNode } from "react";
import { isSameAssignee } from "../../data/model.ts";
import { usePeople } from "../../data/people.ts";
import { useWorkplace } from "../../data/workplace.ts";
import { Avatar, TeamDot } from "../../ui/avatar.tsx";
import popup from "../../ui/popup.module.css";
import styles from "./assignee-picker.module.css";
import { words } from "./words.ts";

type Assignee = Conversation["assignee"];

interface Choice {
  readonly id: string;
  readonly label: string;
  readonly assignee: Assignee;
  readonly icon: ReactNode;
}

interface Group {
  readonly value: string;
  readonly items: Choice[];
}

interface Props {
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
  readonly assignee: Assignee;
  readonly className: string;
  readonly face: ReactNode;
  /** The name is for the toast; null for nobody. */
  readonly onChoose: (assignee: Assignee, name: string | null) => void;
}

/** Me, colleagues, teams or nobody, found by typing. */
export function AssigneePicker(props: Props) {
  const groups = useGroups();
  const chosen =
    groups
      .flatMap(({ items }) => items)
      .find((one) => isSameAssignee(one.assignee, props.assignee)) ?? null;
  const choose = (choice: Choice | null) => {
    if (!choice || isSameAssignee(choice.assignee, props.assignee)) return;
    props.onChoose(choice.assignee, choice.assignee === null ? null : choice.label);
  };
  return (
    <Combobox.Root<Choice>
      items={groups}
      value={chosen}
      onValueChange={choose}
      open={props.isOpen}
      onOpenChange={props.onOpenChange}
      isItemEqualToValue={(one, other) => one.id === other.id}
      itemToStringLabel={(choice) => choice.label}
      autoHighlight
    >
      <Combobox.Trigger
        className={props.className}
        aria-label={`${words.assignTo}: ${chosen?.label ?? words.formerColleague}`}
      >
        {props.face}
      </Combobox.Trigger>
      <Combobox.Portal>
        <Combobox.Positioner className={popup.positioner} align="end" sideOffset={4}>
          <Combobox.Popup className={popup.popup} aria-label={words.assignTo}>
            <Combobox.Input
              className={styles.input}
              placeholder={words.findPeople}
              aria-label={words.findPeople}
            />
            <Combobox.Empty className={styles.empty}>{words.noPeople}</Combobox.Empty>
            <Combobox.List>
              {(group: Group) => (
                <Combobox.Group key={group.value} items={group.items}>
                  {group.value !== "" && (
                    <Combobox.GroupLabel className={popup.label}>{group.value}</Combobox.GroupLabel>
                  )}
                  <Combobox.Collection>
                    {(choice: Choice) => (
                      <Combobox.Item key={choice.id} value={choice} className={popup.item}>
                        <span className={styles.slot}>{choice.icon}</span>
                        <span className={popup.grow}>{choice.label}</span>
                        <Combobox.ItemIndicator>
                          <Check size={16} strokeWidth={1.6} />
                        </Combobox.ItemIndicator>
                      </Combobox.Item>
                    )}
                  </Combobox.Collection>
                </Combobox.Group>
              )}
            </Combobox.List>
          </Combobox.Popup>
        </Combobox.Positioner>
      </Combobox.Portal>
    </Combobox.Root>
  );
}

function useGroups(): Group[] {
  const { property, me } = useWorkplace();
  const { agents, teams } = usePeople(property.id);
  const active = [...agents.values()].filter((agent) => agent.isActive);
  const mine = active.filter((agent) => agent.id === me);
  const others = active.filter((agent) => agent.id !== me);
  const nobody: Choice = {
    id: "nobody",
    label: words.nobody,
    assignee: null,
    icon: <CircleDashed size={16} strokeWidth={1.6} />,
  };
  const groups = [
    { value: "", items: [...mine.map((agent) => choiceOfAgent(agent, true)), nobody] },
    { value: words.people, items: others.map((agent) => choiceOfAgent(agent, false)) },
    { value: words.teams, items: [...teams.values()].map(choiceOfTeam) },
  ];
  return groups.filter(({ items }) => items.length > 0);
}

function choiceOfAgent(agent: Agent, isOwn: boolean): Choice {
  return {
    id: agent.id,
    label: isOwn ? words.you : agent.name,
    assignee: { agentId: agent.id },
    icon: <Avatar name={agent.name} size="small" isOwn={isOwn} />,
  };
}

function choiceOfTeam(team: Team): Choice {
  return {
    id: team.id,
    label: team.name,
    assignee: { teamId: team.id },
    icon: <TeamDot colour={team.colour} />,
  };
}
