import type { RefusalCode } from "@foyer/contract";
import { type FormEvent, useRef, useState } from "react";
import { issuePathsOf, refusalCodeOf } from "../../data/api.ts";
import { readSettingsAnew } from "../../data/setting-lists.ts";
import { whyRefused } from "../../ui/words.ts";
import {
  hasProblem,
  isSame,
  type Problems,
  type Source,
  shownProblems,
  standingOf,
} from "./form.ts";
import { words } from "./words.ts";

interface Options<Values extends object> {
  /** What is saved by now: it moves on when somebody saves elsewhere. */
  readonly source: Source<Values>;
  readonly check: (values: Values) => Problems<Values>;
  /** Throws what is refused; returns how it stands saved. */
  readonly save: (values: Values, version: number) => Promise<Source<Values>>;
  /** Beside which value a refusal is said; elsewhere it stands at the foot. */
  readonly refusedAt?: Partial<Record<RefusalCode, keyof Values>>;
  readonly onSaved?: () => void;
}

export interface Form<Values> {
  readonly values: Values;
  readonly set: (change: Partial<Values>) => void;
  readonly problems: Problems<Values>;
  readonly isDirty: boolean;
  /** The same without a render in between: a page may be left right after saving. */
  readonly isDirtyNow: () => boolean;
  readonly isBusy: boolean;
  /** Somebody tried to save what is wrong still. */
  readonly wasTried: boolean;
  /** What stands in the way of saving, at the foot. */
  readonly said: string | null;
  /** Somebody else saved other values meanwhile. */
  readonly isConflict: boolean;
  readonly takeTheirs: () => void;
  readonly keepMine: () => void;
  readonly reset: () => void;
  readonly submit: (event: FormEvent) => void;
}

/** An editor of one thing: what was typed, what is wrong with it, and who saved meanwhile. */
export function useForm<Values extends object>(options: Options<Values>): Form<Values> {
  const { source, check } = options;
  const [base, setBase] = useState(source);
  const [values, setValues] = useState(source.values);
  const [wasTried, setTried] = useState(false);
  const [refused, setRefused] = useState<Problems<Values>>({});
  const [said, setSaid] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const standing = standingOf(base, source, values);
  if (standing === "rebase" || standing === "adopt") setBase(source);
  if (standing === "adopt") setValues(source.values);
  const isDirty = !isSame(values, base.values);
  const dirty = useRef(isDirty);
  dirty.current = isDirty;
  const found = check(values);
  const adopt = (saved: Source<Values>) => {
    setBase(saved);
    setValues(saved.values);
    setTried(false);
    setRefused({});
    setSaid(null);
    dirty.current = false;
  };
  const send = async () => {
    setBusy(true);
    try {
      adopt(await options.save(values, base.version));
      options.onSaved?.();
    } catch (error) {
      const code = refusalCodeOf(error);
      if (code === "version.conflict") readSettingsAnew();
      const places = placesOf(error, values, options.refusedAt);
      const why = whyRefused(code);
      if (places.length === 0) setSaid(words.notSaved(why));
      setRefused(Object.fromEntries(places.map((name) => [name, why])) as Problems<Values>);
    } finally {
      setBusy(false);
    }
  };
  return {
    values,
    isDirty,
    isDirtyNow: () => dirty.current,
    isBusy,
    wasTried,
    said,
    isConflict: standing === "conflict",
    problems: { ...shownProblems(found, values, base.values, wasTried), ...refused },
    set(change) {
      setValues((now) => ({ ...now, ...change }));
      setRefused({});
      setSaid(null);
    },
    takeTheirs: () => adopt(source),
    keepMine: () => setBase(source),
    reset: () => adopt(base),
    submit(event) {
      event.preventDefault();
      setTried(true);
      setSaid(null);
      if (!isBusy && !hasProblem(found)) void send();
    },
  };
}

/** The values that a refusal is about: those it names, else the one that such a refusal means. */
function placesOf<Values extends object>(
  error: unknown,
  values: Values,
  refusedAt: Options<Values>["refusedAt"] = {},
): readonly (keyof Values)[] {
  const names = issuePathsOf(error).map((path) => path.split(".")[0] ?? "");
  const named = [...new Set(names)].filter((name) => name in values);
  if (named.length > 0) return named as (keyof Values)[];
  const code = refusalCodeOf(error);
  const at = code && refusedAt[code];
  return at ? [at] : [];
}
