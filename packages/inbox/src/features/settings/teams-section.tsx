import { type Agent, limits, type Team } from "@foyer/contract";
import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { type People, peopleOptions } from "../../data/people.ts";
import { createTeam, endTeam, type TeamValues, updateTeam } from "../../data/teams.ts";
import { useWorkplace } from "../../data/workplace.ts";
import { TeamDot } from "../../ui/avatar.tsx";
import { Button } from "../../ui/button.tsx";
import { Check, TextField } from "../../ui/form.tsx";
import { showToast } from "../../ui/toaster.tsx";
import { whyNotName } from "../../ui/typed.ts";
import { ColourChoice } from "./colour-choice.tsx";
import editStyles from "./edit.module.css";
import type { Source } from "./form.ts";
import { RetireButton } from "./retire-button.tsx";
import { EditForm, Gone, ItemList, ItemRow, Loaded, SectionHead, useGo } from "./section-parts.tsx";
import { mayChange } from "./sections.ts";
import styles from "./settings.module.css";
import type { SectionProps } from "./settings-page.tsx";
import { UnsavedGuard } from "./unsaved-guard.tsx";
import { useForm } from "./use-form.ts";
import { words } from "./words.ts";

/** Who works together. */
export function TeamsSection({ item }: SectionProps) {
  const { property, may } = useWorkplace();
  const query = useQuery(peopleOptions(property.id));
  const canEdit = mayChange("teams", may);
  const go = useGo();
  if (item !== null && canEdit) return <TeamPage item={item} />;
  return (
    <>
      <SectionHead section="teams" isReadOnly={!canEdit}>
        {canEdit && (
          <Button look="primary" onClick={() => go("teams", "new")}>
            <Plus size={16} strokeWidth={1.6} aria-hidden="true" />
            {words.teams.add}
          </Button>
        )}
      </SectionHead>
      <div className={styles.body}>
        <Loaded query={query}>
          {({ teams, agents }) => (
            <ItemList
              label={words.sections.teams.label}
              items={[...teams.values()]}
              nameOf={({ name }) => name}
              empty={words.teams.none}
            >
              {(team) => (
                <ItemRow
                  icon={<TeamDot colour={team.colour} />}
                  name={team.name}
                  about={membersOf(team, agents)}
                  onOpen={canEdit ? () => go("teams", team.id) : undefined}
                />
              )}
            </ItemList>
          )}
        </Loaded>
      </div>
    </>
  );
}

const namedMax = 3;

function membersOf(team: Team, agents: People["agents"]): string {
  const names = team.agentIds.flatMap((id) => agents.get(id)?.name ?? []);
  if (names.length === 0 || names.length > namedMax) return words.teams.people(names.length);
  return names.join(", ");
}

function TeamPage({ item }: { readonly item: string }) {
  const { property } = useWorkplace();
  const query = useQuery(peopleOptions(property.id));
  const isNew = item === "new";
  const team = [...(query.data?.teams.values() ?? [])].find(({ id }) => id === item) ?? null;
  return (
    <>
      <SectionHead section="teams" title={isNew ? words.teams.add : (team?.name ?? "")} />
      <div className={styles.body}>
        <Loaded query={query}>
          {({ agents }) =>
            team || isNew ? (
              <TeamForm key={item} team={team} agents={[...agents.values()]} />
            ) : (
              <Gone section="teams" />
            )
          }
        </Loaded>
      </div>
    </>
  );
}

const nothing: Source<TeamValues> = {
  version: 0,
  values: { name: "", colour: "blue", agentIds: [] },
};

function sourceOf({ version, name, colour, agentIds }: Team): Source<TeamValues> {
  return { version, values: { name, colour, agentIds: [...agentIds].sort() } };
}

interface FormProps {
  readonly team: Team | null;
  readonly agents: readonly Agent[];
}

function TeamForm({ team, agents }: FormProps) {
  const { property } = useWorkplace();
  const go = useGo();
  const form = useForm<TeamValues>({
    source: team ? sourceOf(team) : nothing,
    check: ({ name }) => ({ name: whyNotName(name, limits.nameCharactersMax) }),
    save: async (typed, version) => {
      const values = { ...typed, name: typed.name.trim() };
      const saved = team
        ? await updateTeam(property.id, team.id, version, values)
        : await createTeam(property.id, values);
      return sourceOf(saved);
    },
    refusedAt: { "name.taken": "name" },
    onSaved: () => go("teams"),
  });
  const retire = async (retired: Team) => {
    await endTeam(property.id, retired.id);
    showToast({ text: words.teams.retired(retired.name) });
    go("teams");
  };
  return (
    <EditForm
      form={form}
      isNew={team === null}
      onCancel={() => go("teams")}
      aside={
        team && (
          <RetireButton
            label={words.retire}
            title={words.teams.retireTitle(team.name)}
            onAct={() => retire(team)}
          >
            <p>{words.teams.retireText}</p>
          </RetireButton>
        )
      }
    >
      <TextField
        label={words.name}
        value={form.values.name}
        problem={form.problems.name}
        onValue={(name) => form.set({ name })}
        autoFocus={team === null}
      />
      <ColourChoice value={form.values.colour} onValue={(colour) => form.set({ colour })} />
      <Members
        agents={agents}
        chosen={form.values.agentIds}
        onChosen={(agentIds) => form.set({ agentIds })}
      />
      <UnsavedGuard isDirty={form.isDirtyNow} />
    </EditForm>
  );
}

interface MembersProps {
  readonly agents: readonly Agent[];
  readonly chosen: TeamValues["agentIds"];
  readonly onChosen: (ids: TeamValues["agentIds"]) => void;
}

function Members({ agents, chosen, onChosen }: MembersProps) {
  const active = agents.filter(({ isActive }) => isActive);
  return (
    <fieldset className={editStyles.group}>
      <legend>{words.teams.members}</legend>
      {active.length === 0 && <p className={editStyles.hint}>{words.teams.noMembers}</p>}
      {active.map((agent) => (
        <Check
          key={agent.id}
          isOn={chosen.includes(agent.id)}
          onSwitch={(isOn) => {
            const others = chosen.filter((id) => id !== agent.id);
            onChosen((isOn ? [...others, agent.id] : others).sort());
          }}
        >
          {agent.name}
        </Check>
      ))}
    </fieldset>
  );
}
