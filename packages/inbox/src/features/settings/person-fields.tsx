import type { Property, PropertyId, Role } from "@foyer/contract";
import { useWorkplace } from "../../data/workplace.ts";
import { Check, SelectField } from "../../ui/form.tsx";
import editStyles from "./edit.module.css";
import { grantableRoles, worksEverywhere } from "./staff.ts";
import { words } from "./words.ts";

interface Props {
  readonly role: Role;
  readonly propertyIds: readonly PropertyId[];
  readonly properties: readonly Property[];
  readonly problem: string | null | undefined;
  readonly isReadOnly?: boolean;
  readonly onChange: (change: { role?: Role; propertyIds?: PropertyId[] }) => void;
}

/** What somebody may do, and where. */
export function RoleAndPlaces(props: Props) {
  const { role, propertyIds, properties, problem, isReadOnly = false, onChange } = props;
  const { session } = useWorkplace();
  const offered = isReadOnly ? [role] : grantableRoles(session.agent.role);
  return (
    <>
      <SelectField
        label={words.people.role}
        hint={words.people.roleHints[role]}
        value={role}
        disabled={isReadOnly}
        choices={offered.map((value) => ({ value, label: words.people.roles[value] }))}
        onValue={(value) => onChange({ role: value })}
      />
      <fieldset className={editStyles.group}>
        <legend>{words.people.properties}</legend>
        {worksEverywhere(role) ? (
          <p className={editStyles.hint}>{words.people.everywhere}</p>
        ) : (
          properties.map(({ id, name }) => (
            <Check
              key={id}
              isOn={propertyIds.includes(id)}
              disabled={isReadOnly}
              onSwitch={(isOn) => {
                const others = propertyIds.filter((one) => one !== id);
                onChange({ propertyIds: (isOn ? [...others, id] : others).sort() });
              }}
            >
              {name}
            </Check>
          ))
        )}
        {problem && (
          <p className={editStyles.problem} role="alert">
            {problem}
          </p>
        )}
      </fieldset>
    </>
  );
}

/** Whoever works nowhere in particular sees nothing. */
export function whyNotPlaces(role: Role, propertyIds: readonly PropertyId[]): string | null {
  return worksEverywhere(role) || propertyIds.length > 0 ? null : words.people.noProperty;
}
