import { type Contact, limits } from "@foyer/contract";
import { type FormEvent, useState } from "react";
import { changeContact } from "../../data/contacts.ts";
import { useFields } from "../../data/fields.ts";
import { useWorkplace } from "../../data/workplace.ts";
import { Button } from "../../ui/button.tsx";
import { TextField } from "../../ui/form.tsx";
import { whyTooLong } from "../../ui/typed.ts";
import { whyNot } from "./act.ts";
import styles from "./contact.module.css";
import { words } from "./words.ts";

/** Only a number is known: the invitation to say whose it is, and where they sleep. */
export function WhoIsThis({ contact }: { readonly contact: Contact }) {
  const { property } = useWorkplace();
  const room = [...useFields(property.id).values()].find(({ purpose }) => purpose === "room");
  const [typed, setTyped] = useState({ name: "", room: "" });
  const [problem, setProblem] = useState<string | null>(null);
  const nameProblem = whyTooLong(typed.name, limits.nameCharactersMax);
  const roomProblem = whyTooLong(typed.room, limits.fieldTextCharactersMax);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (nameProblem !== null || roomProblem !== null) return;
    const [name, value] = [typed.name.trim(), typed.room.trim()];
    if (name === "" && value === "") return setProblem(words.nothingTyped);
    setProblem(null);
    try {
      // The name comes last: once it is known, this form is gone.
      await Promise.all([
        value !== "" && room
          ? changeContact(contact, { kind: "field", fieldId: room.id, value })
          : undefined,
        name === "" ? undefined : changeContact(contact, { kind: "name", name }),
      ]);
    } catch (error) {
      setProblem(whyNot(error));
    }
  };
  const address = contact.addresses.find(({ until }) => until === null) ?? contact.addresses[0];
  return (
    <section className={styles.section} aria-label={words.whoIsThis}>
      <h3 className={styles.number}>
        <bdi>{address?.formatted}</bdi>
      </h3>
      <form className={styles.who} onSubmit={(event) => void save(event)}>
        <p>{words.whoIsThis}</p>
        <div className={styles.pair}>
          <TextField
            label={words.whoName}
            value={typed.name}
            problem={nameProblem}
            onValue={(name) => setTyped({ ...typed, name })}
          />
          {room && (
            <TextField
              label={words.whoRoom}
              value={typed.room}
              problem={roomProblem}
              onValue={(text) => setTyped({ ...typed, room: text })}
            />
          )}
        </div>
        {problem !== null && (
          <p className={styles.problem} role="alert">
            {problem}
          </p>
        )}
        <Button type="submit" look="primary" className={styles.fit}>
          {words.saveGuest}
        </Button>
      </form>
    </section>
  );
}
