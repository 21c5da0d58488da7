import { limits } from "@foyer/contract";
import { Link } from "@tanstack/react-router";
import { ArrowLeft } from "lucide-react";
import { type FormEvent, useMemo, useRef, useState } from "react";
import { startHotel } from "../../data/session.ts";
import { Button } from "../../ui/button.tsx";
import { FinderField } from "../../ui/finder-field.tsx";
import { TextField } from "../../ui/form.tsx";
import { countries, countryName, timeIn, timeZones, zoneName } from "../../ui/places.ts";
import { useNow } from "../../ui/use-now.ts";
import { Brand } from "./brand.tsx";
import {
  checkHotel,
  type HotelProblems,
  type HotelValues,
  placeOfMachine,
  refusedHotel,
} from "./hotel-model.ts";
import styles from "./sign-in.module.css";
import { hotelWords as words } from "./words.ts";

interface Props {
  /** There is a hotel, and this browser is signed in to it. */
  readonly onStarted: () => void;
}

const nobody = { organization: "", hotel: "", ownerName: "", email: "", password: "" };

/** From the demo to a hotel of one's own: what it begins with, and nothing more. */
export function StartHotelPage({ onStarted }: Props) {
  const { values, set, problems, isBusy, submit, form } = useHotelForm(onStarted);
  return (
    <main className={styles.hotel}>
      <form ref={form} className={styles.hotelForm} onSubmit={submit} noValidate>
        <Brand />
        <h1>{words.title}</h1>
        <p className={styles.about}>{words.about}</p>
        {problems.form && (
          <p className={styles.banner} role="alert">
            {problems.form}
          </p>
        )}
        <HotelFields values={values} set={set} problems={problems} />
        <OwnerFields values={values} set={set} problems={problems} />
        <div className={styles.hotelActs}>
          <Link to="/sign-in" className={styles.backLink}>
            <ArrowLeft size={16} strokeWidth={1.6} aria-hidden="true" />
            {words.back}
          </Link>
          <Button type="submit" look="primary" aria-disabled={isBusy}>
            {isBusy ? words.starting : words.start}
          </Button>
        </div>
      </form>
    </main>
  );
}

function useHotelForm(onStarted: () => void) {
  const [values, setValues] = useState<HotelValues>(() => ({ ...nobody, ...placeOfMachine() }));
  const [problems, setProblems] = useState<HotelProblems>({});
  const [isBusy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const set = (change: Partial<HotelValues>) => {
    setValues((now) => ({ ...now, ...change }));
    const settled = Object.keys(change).map((name) => [name, undefined]);
    setProblems((now) => ({ ...now, ...Object.fromEntries(settled) }));
  };
  const show = (found: HotelProblems) => {
    setProblems(found);
    requestAnimationFrame(() =>
      form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus(),
    );
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isBusy) return;
    const found = checkHotel(values);
    if (Object.keys(found).length > 0) return show(found);
    setBusy(true);
    try {
      await startHotel(values);
      onStarted();
    } catch (error) {
      show(refusedHotel(error));
    } finally {
      setBusy(false);
    }
  };
  return { values, set, problems, isBusy, form, submit: (event: FormEvent) => void submit(event) };
}

interface FieldsProps {
  readonly values: HotelValues;
  readonly set: (change: Partial<HotelValues>) => void;
  readonly problems: HotelProblems;
}

function HotelFields({ values, set, problems }: FieldsProps) {
  const now = useNow();
  const { timeZone, country } = values;
  const zones = useMemo(() => timeZones(timeZone, now), [timeZone, now]);
  const lands = useMemo(countries, []);
  return (
    <>
      <div className={styles.pair}>
        <TextField
          label={words.organization}
          hint={words.organizationHint}
          autoComplete="organization"
          autoFocus
          value={values.organization}
          problem={problems.organization}
          onValue={(organization) => set({ organization })}
        />
        <TextField
          label={words.hotel}
          value={values.hotel}
          problem={problems.hotel}
          onValue={(hotel) => set({ hotel })}
        />
      </div>
      <div className={styles.pair}>
        <FinderField
          label={words.timeZone}
          problem={problems.timeZone}
          chosen={timeZone}
          shown={`${zoneName(timeZone)} · ${timeIn(timeZone, now)}`}
          items={zones}
          placeholder={words.findZone}
          empty={words.noZone}
          onChoose={(id) => set({ timeZone: id })}
        />
        <FinderField
          label={words.country}
          hint={words.countryHint}
          problem={problems.country}
          chosen={country}
          shown={countryName(country)}
          items={lands}
          placeholder={words.findCountry}
          empty={words.noCountry}
          onChoose={(id) => set({ country: id })}
        />
      </div>
    </>
  );
}

function OwnerFields({ values, set, problems }: FieldsProps) {
  return (
    <>
      <TextField
        label={words.owner}
        autoComplete="name"
        value={values.ownerName}
        problem={problems.ownerName}
        onValue={(ownerName) => set({ ownerName })}
      />
      <div className={styles.pair}>
        <TextField
          label={words.email}
          type="email"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          value={values.email}
          problem={problems.email}
          onValue={(email) => set({ email })}
        />
        <TextField
          label={words.password}
          hint={words.passwordHint(limits.passwordCharactersMin)}
          type="password"
          autoComplete="new-password"
          value={values.password}
          problem={problems.password}
          onValue={(password) => set({ password })}
        />
      </div>
    </>
  );
}
