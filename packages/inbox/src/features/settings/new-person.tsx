import { limits, type Property, type PropertyId } from "@foyer/contract";
import { useMemo, useState } from "react";
import { createAgent, type NewAgentValues } from "../../data/agents.ts";
import { useWorkplace } from "../../data/workplace.ts";
import { Button } from "../../ui/button.tsx";
import { TextField } from "../../ui/form.tsx";
import { showToast } from "../../ui/toaster.tsx";
import { whyNotEmail, whyNotName, whyTooLong } from "../../ui/typed.ts";
import editStyles from "./edit.module.css";
import type { Source } from "./form.ts";
import { RoleAndPlaces, whyNotPlaces } from "./person-fields.tsx";
import { EditForm, useGo } from "./section-parts.tsx";
import { suggestPassword, worksEverywhere } from "./staff.ts";
import { UnsavedGuard } from "./unsaved-guard.tsx";
import { useForm } from "./use-form.ts";
import { words } from "./words.ts";

const randomBytes = () => crypto.getRandomValues(new Uint8Array(32));

function nobodyAt(propertyId: PropertyId): Source<NewAgentValues> {
  const password = suggestPassword(randomBytes);
  const values = { name: "", email: "", password, role: "agent" as const };
  return { version: 0, values: { ...values, propertyIds: [propertyId] } };
}

/** Lets a colleague sign in, with a first password that somebody tells them. */
export function NewPerson({ properties }: { readonly properties: readonly Property[] }) {
  const { property } = useWorkplace();
  const go = useGo();
  const [made, setMade] = useState<NewAgentValues | null>(null);
  const source = useMemo(() => nobodyAt(property.id), [property.id]);
  const form = useForm<NewAgentValues>({
    source,
    check: ({ name, email, password, role, propertyIds }) => ({
      name: whyNotName(name, limits.nameCharactersMax),
      email: whyNotEmail(email),
      password: whyNotPassword(password),
      propertyIds: whyNotPlaces(role, propertyIds),
    }),
    save: async (typed) => {
      const propertyIds = worksEverywhere(typed.role) ? [] : typed.propertyIds;
      const { name, email } = typed;
      const values = { ...typed, name: name.trim(), email: email.trim(), propertyIds };
      await createAgent(property.id, values);
      setMade(values);
      return { version: 0, values };
    },
    refusedAt: {
      "agent.email_taken": "email",
      "agent.email_invalid": "email",
      "agent.beyond_own": "role",
    },
  });
  if (made) return <Told person={made} />;
  return (
    <EditForm form={form} isNew save={words.people.add} onCancel={() => go("people")}>
      <TextField
        label={words.name}
        value={form.values.name}
        problem={form.problems.name}
        onValue={(name) => form.set({ name })}
        autoFocus
      />
      <TextField
        label={words.people.email}
        hint={words.people.emailHint}
        type="email"
        value={form.values.email}
        problem={form.problems.email}
        onValue={(email) => form.set({ email })}
      />
      <TextField
        label={words.people.password}
        hint={words.people.passwordHint}
        spellCheck={false}
        value={form.values.password}
        problem={form.problems.password}
        onValue={(password) => form.set({ password })}
        aside={
          <Button look="link" onClick={() => form.set({ password: suggestPassword(randomBytes) })}>
            {words.people.another}
          </Button>
        }
      />
      <RoleAndPlaces
        role={form.values.role}
        propertyIds={form.values.propertyIds}
        properties={properties}
        problem={form.problems.propertyIds ?? form.problems.role}
        onChange={form.set}
      />
      <UnsavedGuard isDirty={form.isDirtyNow} />
    </EditForm>
  );
}

function whyNotPassword(password: string): string | null {
  const { passwordCharactersMin: min, passwordCharactersMax: max } = limits;
  return password.length < min ? words.people.passwordShort(min) : whyTooLong(password, max);
}

/** The one time that the password is shown: it has to be told. */
function Told({ person }: { readonly person: NewAgentValues }) {
  const go = useGo();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(`${person.email}\n${person.password}`);
      showToast({ text: words.people.copied });
    } catch {
      // Without the right to the clipboard the text can still be selected by hand.
    }
  };
  return (
    <div className={editStyles.form} role="status">
      <h3>{words.people.told(person.name)}</h3>
      <p>{words.people.toldText}</p>
      <dl className={editStyles.facts}>
        <dt>{words.people.email}</dt>
        <dd>{person.email}</dd>
        <dt>{words.people.password}</dt>
        <dd className={editStyles.secret}>{person.password}</dd>
      </dl>
      <div className={editStyles.foot}>
        <Button look="primary" onClick={() => void copy()}>
          {words.people.copyBoth}
        </Button>
        <Button look="quiet" onClick={() => go("people")}>
          {words.people.done}
        </Button>
      </div>
    </div>
  );
}
