import { limits } from "@foyer/contract";
import { Eye, EyeOff } from "lucide-react";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { Button } from "../../ui/button.tsx";
import { cx } from "../../ui/class-names.ts";
import styles from "./sign-in.module.css";
import type { Credentials } from "./use-sign-in.ts";
import { words } from "./words.ts";

interface Props {
  readonly given: Credentials;
  readonly onGiven: (given: Credentials) => void;
  readonly isBusy: boolean;
  readonly isWrong: boolean;
  readonly onSubmit: () => void;
}

/** E-mail and password, named so that a password manager knows them. */
export function CredentialsForm({ given, onGiven, isBusy, isWrong, onSubmit }: Props) {
  const email = useRef<HTMLInputElement>(null);
  const password = useRef<HTMLInputElement>(null);
  const [missing, setMissing] = useState<"email" | "password" | null>(null);
  const [isShown, setShown] = useState(false);
  useEffect(() => email.current?.focus(), []);
  useEffect(() => {
    if (isWrong) password.current?.select();
  }, [isWrong]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isBusy) return;
    const lacks = given.email.trim() === "" ? "email" : given.password === "" ? "password" : null;
    setMissing(lacks);
    if (lacks === "email") email.current?.focus();
    else if (lacks === "password") password.current?.focus();
    else onSubmit();
  };
  return (
    <form className={styles.fields} onSubmit={submit} noValidate>
      <div className={styles.field}>
        <label htmlFor="email">{words.email}</label>
        <input
          ref={email}
          id="email"
          name="email"
          type="email"
          className={styles.input}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={limits.emailCharactersMax}
          value={given.email}
          onChange={(event) => onGiven({ ...given, email: event.target.value })}
          aria-invalid={missing === "email"}
          aria-describedby={missing === "email" ? "email-problem" : undefined}
        />
        {missing === "email" && <Problem id="email-problem">{words.emailMissing}</Problem>}
      </div>
      <div className={styles.field}>
        <label htmlFor="password">{words.password}</label>
        <div className={styles.box}>
          <input
            ref={password}
            id="password"
            name="password"
            type={isShown ? "text" : "password"}
            className={cx(styles.input, styles.withEye)}
            autoComplete="current-password"
            maxLength={limits.passwordCharactersMax}
            value={given.password}
            onChange={(event) => onGiven({ ...given, password: event.target.value })}
            aria-invalid={isWrong || missing === "password"}
            aria-describedby={missing === "password" ? "password-problem" : undefined}
          />
          <button
            type="button"
            className={styles.eye}
            aria-label={isShown ? words.hide : words.show}
            onClick={() => setShown(!isShown)}
          >
            {isShown ? <EyeOff size={16} strokeWidth={1.6} /> : <Eye size={16} strokeWidth={1.6} />}
          </button>
        </div>
        {missing === "password" && <Problem id="password-problem">{words.passwordMissing}</Problem>}
      </div>
      <Button type="submit" look="primary" className={styles.submit} aria-disabled={isBusy}>
        {isBusy ? words.signingIn : words.signIn}
      </Button>
    </form>
  );
}

function Problem({ id, children }: { readonly id: string; readonly children: string }) {
  return (
    <span id={id} className={styles.problem}>
      {children}
    </span>
  );
}
