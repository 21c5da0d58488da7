import type { Session } from "@foyer/contract";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ChevronRight, Plus } from "lucide-react";
import { useState } from "react";
import { installationOptions } from "../../data/session.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Button } from "../../ui/button.tsx";
import { cx } from "../../ui/class-names.ts";
import { Brand } from "./brand.tsx";
import { CredentialsForm } from "./credentials-form.tsx";
import { ProblemBanner } from "./problem-banner.tsx";
import styles from "./sign-in.module.css";
import { type Credentials, useSignIn } from "./use-sign-in.ts";
import { roleName, words } from "./words.ts";

interface Props {
  readonly onSignedIn: (session: Session) => void;
  /** The session ended while somebody worked. */
  readonly wasEnded: boolean;
}

/** Where everybody begins. */
export function SignInPage({ onSignedIn, wasEnded }: Props) {
  const [given, setGiven] = useState<Credentials>({ email: "", password: "" });
  const { problem, choice, isBusy, signIn, startOver } = useSignIn(onSignedIn);
  const be = (credentials: Credentials) => {
    setGiven(credentials);
    void signIn(credentials);
  };
  return (
    <div className={styles.page}>
      <Pitch />
      <main className={styles.form}>
        <div className={styles.card}>
          <Brand className={styles.mobileBrand} />
          <h1>{choice ? words.choose : words.title}</h1>
          {wasEnded && !problem && !choice && (
            <p className={`${styles.banner} ${styles.notice}`}>{words.ended}</p>
          )}
          {problem && <ProblemBanner problem={problem} />}
          {choice ? (
            <>
              <ul className={styles.accounts}>
                {choice.tenants.map(({ id, name }) => (
                  <li key={id}>
                    <AccountButton
                      name={name}
                      isDisabled={isBusy}
                      onClick={() => void signIn(choice, id)}
                    />
                  </li>
                ))}
              </ul>
              <Button look="quiet" onClick={startOver}>
                {words.back}
              </Button>
            </>
          ) : (
            <>
              <CredentialsForm
                given={given}
                onGiven={setGiven}
                isBusy={isBusy}
                isWrong={problem?.kind === "wrong"}
                onSubmit={() => void signIn(given)}
              />
              <DemoAccounts isBusy={isBusy} onChoose={be} />
            </>
          )}
        </div>
      </main>
    </div>
  );
}

function Pitch() {
  return (
    <aside className={styles.side} aria-hidden="true">
      <Brand />
      <div className={styles.pitch}>
        <h2>{words.tagline}</h2>
        <p>{words.promise}</p>
      </div>
      <div className={styles.picture}>
        <div className={styles.bubble}>Could we keep the room until 1 tomorrow?</div>
        <span className={styles.meta}>09:12</span>
        <div className={`${styles.bubble} ${styles.note}`}>Housekeeping is fine with it.</div>
        <div className={`${styles.bubble} ${styles.own}`}>
          Good morning, Ada. Yes, 1 pm is no trouble at all.
        </div>
        <span className={`${styles.meta} ${styles.metaOwn}`}>Mia · 09:15 · Read</span>
      </div>
    </aside>
  );
}

interface DemoProps {
  readonly isBusy: boolean;
  readonly onChoose: (credentials: Credentials) => void;
}

function DemoAccounts({ isBusy, onChoose }: DemoProps) {
  const demo = useQuery(installationOptions).data?.demo;
  if (!demo) return null;
  return (
    <section className={styles.demo} aria-label={words.demoTitle}>
      <h2>{words.demoTitle}</h2>
      <p>{words.demoText}</p>
      <ul className={styles.accounts}>
        {demo.accounts.map(({ name, email, role }) => (
          <li key={email}>
            <AccountButton
              name={name}
              role={roleName(role)}
              isDisabled={isBusy}
              onClick={() => onChoose({ email, password: demo.password })}
            />
          </li>
        ))}
      </ul>
      <OwnHotel />
    </section>
  );
}

interface AccountProps {
  readonly name: string;
  /** Who somebody is in the demo: then it comes first. */
  readonly role?: string;
  readonly isDisabled: boolean;
  readonly onClick: () => void;
}

function AccountButton({ name, role, isDisabled, onClick }: AccountProps) {
  return (
    <button type="button" className={styles.account} disabled={isDisabled} onClick={onClick}>
      <Avatar name={name} size="large" />
      <span className={styles.who}>
        {role ?? name}
        {role !== undefined && <small>{name}</small>}
      </span>
      <ChevronRight size={16} strokeWidth={1.6} aria-hidden="true" />
    </button>
  );
}

/** The way from the demo to one's own: there as long as nobody has taken it. */
function OwnHotel() {
  const mayStart = useQuery(installationOptions).data?.mayStartHotel;
  if (!mayStart) return null;
  return (
    <Link to="/start" className={cx(styles.account, styles.ownHotel)}>
      <span className={styles.sign} aria-hidden="true">
        <Plus size={16} strokeWidth={1.6} />
      </span>
      <span className={styles.who}>
        {words.startHotel}
        <small>{words.startHotelHint}</small>
      </span>
      <ChevronRight size={16} strokeWidth={1.6} aria-hidden="true" />
    </Link>
  );
}
