import type { Conversation } from "@foyer/contract";
import { Ban } from "lucide-react";
import type { ReactNode } from "react";
import { useLabels } from "../../data/labels.ts";
import type { ListKey } from "../../data/model.ts";
import { useChannels, usePeople } from "../../data/people.ts";
import { useWorkplace } from "../../data/workplace.ts";
import { Avatar, TeamDot } from "../../ui/avatar.tsx";
import { mediumWords } from "../../ui/channel-words.ts";
import styles from "./conversations.module.css";
import { labelsIn } from "./model.ts";
import { words } from "./words.ts";

interface Props {
  readonly conversation: Conversation;
  readonly list: ListKey;
  readonly isGone: boolean;
}

/** The end of a row's second line: labels, and whose it is where the view leaves that open. */
export function RowEnd({ conversation, list, isGone }: Props) {
  return (
    <span className={styles.end}>
      <Labels conversation={conversation} />
      {conversation.isBlocked && (
        <span title={words.blocked}>
          <Ban size={14} strokeWidth={1.6} aria-hidden="true" />
          <span className="unseen">{words.blocked}</span>
        </span>
      )}
      {isGone ? goneWord(conversation) : <Whose conversation={conversation} list={list} />}
    </span>
  );
}

function goneWord(conversation: Conversation): string {
  return conversation.state === "closed" ? words.closed : words.moved;
}

function Labels({ conversation }: Pick<Props, "conversation">) {
  const { property } = useWorkplace();
  const labels = labelsIn(conversation, useLabels(property.id));
  if (labels.length === 0) return null;
  const names = labels.map(({ name }) => name).join(", ");
  return (
    <span className={styles.labels} title={names}>
      {labels.map(({ id, colour }) => (
        <TeamDot key={id} colour={colour} />
      ))}
      <span className="unseen">{names}</span>
    </span>
  );
}

const viewsOfOne: readonly ListKey["view"][] = ["mine", "unassigned", "team", "agent"];

function Whose({ conversation, list }: Pick<Props, "conversation" | "list">) {
  const { property, me } = useWorkplace();
  const { agents, teams } = usePeople(property.id);
  const { assignee, state } = conversation;
  if (state === "closed" && list.view !== "closed") return <>{words.closed}</>;
  if (assignee && !viewsOfOne.includes(list.view)) {
    if ("teamId" in assignee) {
      const team = teams.get(assignee.teamId);
      if (team) return <Assigned face={<TeamDot colour={team.colour} />} name={team.name} />;
    } else {
      const agent = agents.get(assignee.agentId);
      const isOwn = assignee.agentId === me;
      if (agent) {
        return (
          <span title={agent.name}>
            <Avatar name={agent.name} size="small" isOwn={isOwn} />
            <span className="unseen">{agent.name}</span>
          </span>
        );
      }
    }
  }
  return <Medium conversation={conversation} />;
}

/** By what it came, where a property is reached by more than one medium. */
function Medium({ conversation }: Pick<Props, "conversation">) {
  const { property } = useWorkplace();
  const channels = useChannels(property.id);
  const media = new Set([...channels.values()].map(({ medium }) => medium));
  const channel = channels.get(conversation.channelId);
  return media.size > 1 && channel ? mediumWords[channel.medium] : null;
}

function Assigned({ face, name }: { readonly face: ReactNode; readonly name: string }) {
  return (
    <>
      {face}
      <span className={styles.team}>{name}</span>
    </>
  );
}
