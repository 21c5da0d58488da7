import type { Role } from "@foyer/contract";
import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { type ManagedAgent, type Staff, staffOptions } from "../../data/agents.ts";
import { useWorkplace } from "../../data/workplace.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Button } from "../../ui/button.tsx";
import { NewPerson } from "./new-person.tsx";
import { PersonForm } from "./person-form.tsx";
import { Gone, ItemList, ItemRow, Loaded, SectionHead, useGo } from "./section-parts.tsx";
import styles from "./settings.module.css";
import type { SectionProps } from "./settings-page.tsx";
import { inOrder, propertiesOf, worksEverywhere } from "./staff.ts";
import { words } from "./words.ts";

/** Everybody who can sign in at the organization, and who could. */
export function PeopleSection({ item }: SectionProps) {
  const { property } = useWorkplace();
  const query = useQuery(staffOptions(property.id));
  const agent = query.data?.items.find(({ id }) => id === item);
  const go = useGo();
  if (item === null) {
    return (
      <>
        <SectionHead section="people">
          <Button look="primary" onClick={() => go("people", "new")}>
            <Plus size={16} strokeWidth={1.6} aria-hidden="true" />
            {words.people.add}
          </Button>
        </SectionHead>
        <div className={styles.body}>
          <Loaded query={query}>{(staff) => <PeopleList staff={staff} />}</Loaded>
        </div>
      </>
    );
  }
  const isNew = item === "new";
  return (
    <>
      <SectionHead section="people" title={isNew ? words.people.add : (agent?.name ?? "")} />
      <div className={styles.body}>
        <Loaded query={query}>
          {({ properties }) =>
            isNew ? (
              <NewPerson properties={properties} />
            ) : agent ? (
              <PersonForm key={agent.id} agent={agent} properties={properties} />
            ) : (
              <Gone section="people" />
            )
          }
        </Loaded>
      </div>
    </>
  );
}

function PeopleList({ staff }: { readonly staff: Staff }) {
  const { me } = useWorkplace();
  const { active, left } = inOrder(staff.items, me);
  return (
    <>
      <ItemList
        label={words.sections.people.label}
        items={active}
        nameOf={({ name, email }) => `${name} ${email}`}
        empty=""
      >
        {(agent) => <PersonRow agent={agent} staff={staff} />}
      </ItemList>
      {left.length > 0 && (
        <>
          <h3 className={styles.listTitle}>{words.people.left}</h3>
          <ItemList
            label={words.people.left}
            items={left}
            nameOf={({ name, email }) => `${name} ${email}`}
            empty=""
          >
            {(agent) => <PersonRow agent={agent} staff={staff} />}
          </ItemList>
        </>
      )}
    </>
  );
}

function PersonRow({ agent, staff }: { readonly agent: ManagedAgent; readonly staff: Staff }) {
  const { me } = useWorkplace();
  const go = useGo();
  return (
    <ItemRow
      icon={<Avatar name={agent.name} isOwn={agent.id === me} />}
      name={agent.id === me ? `${agent.name} (${words.people.you.toLowerCase()})` : agent.name}
      about={agent.email}
      end={whereAndWhat(agent, staff)}
      onOpen={() => go("people", agent.id)}
    />
  );
}

const namedMax = 1;

/** "Supervisor · Harbour House": a role that works everywhere needs no place. */
function whereAndWhat(agent: ManagedAgent, { properties }: Staff): string {
  const role: Role = agent.role;
  const roleName = words.people.roles[role];
  if (worksEverywhere(role) || properties.length < 2) return roleName;
  const names = propertiesOf(agent, properties).map(({ name }) => name);
  const shown = names.length > namedMax ? `${names.length} properties` : names.join("");
  return shown === "" ? roleName : `${roleName} · ${shown}`;
}
