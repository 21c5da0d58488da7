import type { Conversation } from "@foyer/contract";
import { UserPlus } from "lucide-react";
import { Suspense, useState } from "react";
import { usePeople } from "../../data/people.ts";
import { useWorkplace } from "../../data/workplace.ts";
import { Avatar, TeamDot } from "../../ui/avatar.tsx";
import { buttonClass } from "../../ui/button.tsx";
import { cx } from "../../ui/class-names.ts";
import { lazyPart } from "../../ui/lazy-part.ts";
import { useCommand } from "../../ui/use-command.ts";
import { assignWithUndo } from "./act-with-undo.ts";
import styles from "./thread-header.module.css";
import { words } from "./words.ts";

const { Part: AssigneePicker, load } = lazyPart(
  async () => (await import("./assignee-picker.tsx")).AssigneePicker,
);

interface Props {
  readonly conversation: Conversation;
}

/** Whose conversation it is. The picker behind it is loaded when somebody reaches for it. */
export function AssigneeButton({ conversation }: Props) {
  const { may } = useWorkplace();
  const [isOpen, setOpen] = useState(false);
  const [wasOpened, setOpened] = useState(false);
  const canAssign = may("conversation.assign");
  const open = () => {
    setOpened(true);
    setOpen(true);
  };
  useCommand("thread.assign", () => canAssign && open());
  const face = <AssigneeFace conversation={conversation} />;
  if (!canAssign) return <span className={cx(buttonClass("quiet"), styles.assignee)}>{face}</span>;
  const plain = (
    <button
      type="button"
      className={cx(buttonClass("quiet"), styles.assignee)}
      aria-haspopup="listbox"
      onClick={open}
      onPointerEnter={load}
      onFocus={load}
    >
      {conversation.assignee && <span className="unseen">{words.assignTo}: </span>}
      {face}
      {!conversation.assignee && <span className="unseen"> {words.toNobody}</span>}
    </button>
  );
  if (!wasOpened) return plain;
  return (
    <Suspense fallback={plain}>
      <AssigneePicker
        isOpen={isOpen}
        onOpenChange={setOpen}
        assignee={conversation.assignee}
        className={cx(buttonClass("quiet"), styles.assignee)}
        face={face}
        onChoose={(assignee, name) => void assignWithUndo(conversation, assignee, name)}
      />
    </Suspense>
  );
}

function AssigneeFace({ conversation }: Props) {
  const { property, me } = useWorkplace();
  const { agents, teams } = usePeople(property.id);
  const { assignee } = conversation;
  if (assignee && "agentId" in assignee) {
    const name = agents.get(assignee.agentId)?.name ?? words.formerColleague;
    const isOwn = assignee.agentId === me;
    return (
      <>
        <Avatar name={name} size="small" isOwn={isOwn} />
        <span className={styles.label}>{isOwn ? words.you : name}</span>
      </>
    );
  }
  const team = assignee ? teams.get(assignee.teamId) : undefined;
  if (team) {
    return (
      <>
        <TeamDot colour={team.colour} />
        <span className={styles.label}>{team.name}</span>
      </>
    );
  }
  return (
    <>
      <UserPlus size={16} strokeWidth={1.6} aria-hidden="true" />
      <span className={styles.label}>{words.assign}</span>
    </>
  );
}
