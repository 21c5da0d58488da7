import { limits, type Property } from "@foyer/contract";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import {
  type AgentValues,
  deactivateAgent,
  heldBy,
  type ManagedAgent,
  reactivateAgent,
  updateAgent,
} from "../../data/agents.ts";
import { refusalCodeOf } from "../../data/api.ts";
import { useWorkplace } from "../../data/workplace.ts";
import { Button } from "../../ui/button.tsx";
import { TextField } from "../../ui/form.tsx";
import { showToast } from "../../ui/toaster.tsx";
import { whyNotName } from "../../ui/typed.ts";
import { whyRefused } from "../../ui/words.ts";
import editStyles from "./edit.module.css";
import type { Source } from "./form.ts";
import { RoleAndPlaces, whyNotPlaces } from "./person-fields.tsx";
import { RetireButton } from "./retire-button.tsx";
import { EditForm, useGo } from "./section-parts.tsx";
import { mayManage, propertiesOf, worksEverywhere } from "./staff.ts";
import { UnsavedGuard } from "./unsaved-guard.tsx";
import { useForm } from "./use-form.ts";
import { words } from "./words.ts";

interface Props {
  readonly agent: ManagedAgent;
  readonly properties: readonly Property[];
}

function sourceOf({ version, name, role, propertyIds }: ManagedAgent): Source<AgentValues> {
  return { version, values: { name, role, propertyIds: [...propertyIds].sort() } };
}

/** A colleague: what they are called, what they may do, and whether they still can. */
export function PersonForm({ agent, properties }: Props) {
  const { property, session, me } = useWorkplace();
  const go = useGo();
  const isMine = mayManage(session.agent.role, agent);
  const form = useForm<AgentValues>({
    source: sourceOf(agent),
    check: ({ name, role, propertyIds }) => ({
      name: whyNotName(name, limits.nameCharactersMax),
      propertyIds: whyNotPlaces(role, propertyIds),
    }),
    save: async ({ name, role, propertyIds }, version) => {
      const places = worksEverywhere(role) ? [] : propertyIds;
      const values = { name: name.trim(), role, propertyIds: places };
      return sourceOf(await updateAgent(property.id, agent.id, version, values));
    },
    refusedAt: { "agent.beyond_own": "role", "agent.last_owner": "role" },
    onSaved: () => go("people"),
  });
  if (!agent.isActive) return <Former agent={agent} isMine={isMine} />;
  return (
    <EditForm
      form={form}
      onCancel={() => go("people")}
      aside={isMine && agent.id !== me && <Deactivate agent={agent} properties={properties} />}
    >
      <TextField
        label={words.name}
        value={form.values.name}
        problem={form.problems.name}
        disabled={!isMine}
        onValue={(name) => form.set({ name })}
      />
      <TextField
        label={words.people.email}
        hint={words.people.emailFixed}
        value={agent.email}
        onValue={() => undefined}
        readOnly
      />
      <RoleAndPlaces
        role={form.values.role}
        propertyIds={form.values.propertyIds}
        properties={properties}
        problem={form.problems.propertyIds ?? form.problems.role}
        isReadOnly={!isMine}
        onChange={form.set}
      />
      {!isMine && <p className={editStyles.hint}>{words.people.beyond}</p>}
      <UnsavedGuard isDirty={form.isDirtyNow} />
    </EditForm>
  );
}

function Former({ agent, isMine }: { readonly agent: ManagedAgent; readonly isMine: boolean }) {
  const { property } = useWorkplace();
  const [said, setSaid] = useState<string | null>(null);
  const back = async () => {
    try {
      await reactivateAgent(property.id, agent.id);
      showToast({ text: words.people.reactivated(agent.name) });
    } catch (error) {
      setSaid(words.notDone(whyRefused(refusalCodeOf(error))));
    }
  };
  return (
    <div className={editStyles.form}>
      <dl className={editStyles.facts}>
        <dt>{words.people.email}</dt>
        <dd>{agent.email}</dd>
        <dt>{words.people.role}</dt>
        <dd>{words.people.roles[agent.role]}</dd>
      </dl>
      {said !== null && (
        <p className={editStyles.problem} role="alert">
          {said}
        </p>
      )}
      {isMine && (
        <div className={editStyles.foot}>
          <Button look="primary" onClick={() => void back()}>
            {words.people.reactivate}
          </Button>
        </div>
      )}
    </div>
  );
}

function Deactivate({ agent, properties }: Props) {
  const { property } = useWorkplace();
  const go = useGo();
  const run = async () => {
    await deactivateAgent(property.id, agent.id);
    showToast({ text: words.people.deactivated(agent.name) });
    go("people");
  };
  return (
    <RetireButton
      label={words.people.deactivate}
      title={words.people.deactivateTitle(agent.name)}
      onAct={run}
    >
      <p>{words.people.deactivateText(agent.name)}</p>
      <Held agent={agent} properties={properties} />
    </RetireButton>
  );
}

/** What will be handed back, counted while the question stands. */
function Held({ agent, properties }: Props) {
  const ids = propertiesOf(agent, properties).map(({ id }) => id);
  const held = useQuery({
    queryKey: ["held", agent.id],
    queryFn: () => heldBy(agent.id, ids),
    staleTime: 0,
    gcTime: 0,
  }).data;
  const text =
    held === undefined
      ? words.people.holdsUnknown(agent.name)
      : words.people.holds(agent.name, held);
  return <p>{text}</p>;
}
