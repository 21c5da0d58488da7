import type { Team } from "@foyer/contract";
import { User } from "lucide-react";
import styles from "./avatar.module.css";
import { cx } from "./class-names.ts";

interface Props {
  /** Null: somebody without a name. */
  readonly name: string | null;
  readonly size?: "small" | "medium" | "large";
  /** The person who is signed in. */
  readonly isOwn?: boolean;
}

/** Somebody's initials. The name stands beside it, so it says nothing to a screen reader. */
export function Avatar({ name, size = "medium", isOwn = false }: Props) {
  const initials = name === null ? "" : initialsOf(name);
  const shown = size === "small" ? initials.slice(0, firstLength(initials)) : initials;
  return (
    <span
      aria-hidden="true"
      className={cx(styles.avatar, size !== "medium" && styles[size], isOwn && styles.own)}
    >
      {shown === "" ? <User size={size === "large" ? 16 : 12} strokeWidth={1.6} /> : shown}
    </span>
  );
}

function firstLength(text: string): number {
  return [...text][0]?.length ?? 0;
}

/** The first letters of the first and last word: "ML". Empty when there are no letters. */
function initialsOf(name: string): string {
  const words = name.split(/\s+/).flatMap((word) => /\p{L}/u.exec(word)?.[0] ?? []);
  const [first = "", last = ""] = [words[0], words.length > 1 ? words.at(-1) : ""];
  return (first + last).toLocaleUpperCase();
}

/** A team's colour beside its name. */
export function TeamDot({ colour }: { readonly colour: Team["colour"] }) {
  return <i aria-hidden="true" className={cx(styles.dot, styles[colour])} />;
}
