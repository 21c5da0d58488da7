import { Link } from "@tanstack/react-router";
import { useWorkplace } from "../../data/workplace.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { cx } from "../../ui/class-names.ts";
import { HandOver } from "./hand-over.tsx";
import type { Person } from "./model.ts";
import styles from "./now.module.css";
import { words } from "./words.ts";

interface Props {
  readonly title: string;
  readonly about?: string;
  readonly people: readonly Person[];
}

/** Who holds how much; what somebody holds opens, and can be moved. */
export function PeopleTable({ title, about, people }: Props) {
  if (people.length === 0) return null;
  return (
    <section className={styles.section}>
      <h2>{title}</h2>
      {about && <p className={styles.sectionAbout}>{about}</p>}
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{words.name}</th>
            <th scope="col" className={styles.optional}>
              {words.presence}
            </th>
            <th scope="col" className={styles.number}>
              {words.open}
            </th>
            <th scope="col" className={styles.number}>
              {words.waits}
            </th>
            <th scope="col">
              <span className="unseen">{words.act}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {people.map((person) => (
            <Row key={person.agentId} person={person} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Row({ person }: { readonly person: Person }) {
  const { property, me } = useWorkplace();
  const { agentId, name, isSignedIn, open, waiting } = person;
  const isMe = agentId === me;
  return (
    <tr>
      <td>
        <Link
          to="/p/$propertyId/$view"
          params={{ propertyId: property.id, view: isMe ? "mine" : "agent" }}
          search={isMe ? {} : { agent: agentId }}
          className={styles.who}
          title={words.seeHeld(name)}
        >
          <Avatar name={name} isOwn={isMe} />
          <span className={styles.name}>
            <bdi>{name}</bdi>
            {isMe && <span className={styles.quiet}> ({words.you})</span>}
          </span>
        </Link>
      </td>
      <td className={styles.optional}>
        <span className={styles.presence}>
          <i className={cx(styles.dot, isSignedIn && styles.isHere)} aria-hidden="true" />
          {isSignedIn ? words.here : words.away}
        </span>
      </td>
      <td className={styles.number}>{open}</td>
      <td className={cx(styles.number, waiting > 0 && styles.waits)}>{waiting}</td>
      <td className={styles.act}>{open > 0 && <HandOver person={person} />}</td>
    </tr>
  );
}
