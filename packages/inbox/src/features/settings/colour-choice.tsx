import type { Label } from "@foyer/contract";
import { useId } from "react";
import { TeamDot } from "../../ui/avatar.tsx";
import editStyles from "./edit.module.css";
import { words } from "./words.ts";

type Colour = Label["colour"];

const colours: readonly Colour[] = ["blue", "amber", "violet", "green", "red", "grey"];

interface Props {
  readonly value: Colour;
  readonly onValue: (colour: Colour) => void;
}

/** One of the six colours, each with its name for whoever does not see it. */
export function ColourChoice({ value, onValue }: Props) {
  const name = useId();
  return (
    <fieldset className={editStyles.colours}>
      <legend>{words.colour}</legend>
      {colours.map((colour) => (
        <label key={colour} className={editStyles.colour} title={words.colours[colour]}>
          <input
            type="radio"
            className="unseen"
            name={name}
            checked={colour === value}
            onChange={() => onValue(colour)}
          />
          <TeamDot colour={colour} />
          <span className="unseen">{words.colours[colour]}</span>
        </label>
      ))}
    </fieldset>
  );
}
