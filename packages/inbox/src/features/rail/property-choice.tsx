import type { Property } from "@foyer/contract";
import { MenuChoice } from "../../ui/menu.tsx";
import { words } from "./words.ts";

interface Props {
  readonly properties: readonly Property[];
  readonly value: string;
  readonly onChoose: (id: string) => void;
}

/** The properties that somebody works at. */
export function PropertyChoice({ properties, value, onChoose }: Props) {
  const choices = properties.map(({ id, name }) => ({ value: id as string, label: name }));
  return (
    <MenuChoice<string>
      label={words.properties}
      value={value}
      choices={choices}
      onChoose={onChoose}
    />
  );
}
