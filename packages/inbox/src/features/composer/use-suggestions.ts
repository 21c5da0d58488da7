import type { Team, Template } from "@foyer/contract";
import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useEffect, useMemo, useState } from "react";
import { call, refusalCodeOf } from "../../data/api.ts";
import { usePeople } from "../../data/people.ts";
import { useTemplates } from "../../data/templates.ts";
import { detailOptions } from "../../data/threads.ts";
import { useWorkplace } from "../../data/workplace.ts";
import { showToast } from "../../ui/toaster.tsx";
import { whyRefused } from "../../ui/words.ts";
import {
  findCallables,
  findTemplates,
  replaceRange,
  type Trigger,
  textFor,
  triggerAt,
} from "./suggest.ts";
import type { Writing } from "./use-writing.ts";
import { words } from "./words.ts";

/** One line of the list that finishes what is being typed. */
export interface Choice {
  readonly id: string;
  readonly title: string;
  /** What it says, or what it is. */
  readonly detail: string;
  /** What is typed for it. */
  readonly typed: string | null;
  readonly face:
    | { readonly kind: "template" }
    | { readonly kind: "agent" }
    | { readonly kind: "team"; readonly colour: Team["colour"] };
  readonly choose: () => void;
}

export interface SuggestionsState {
  readonly label: string;
  readonly choices: readonly Choice[];
  readonly active: number;
  readonly onActive: (index: number) => void;
  /** Whether there is anything that a slash would list. */
  readonly hasTemplates: boolean;
  /** A template is being filled in for this guest: nothing is sent meanwhile. */
  readonly isInserting: boolean;
  /** The caret moved. */
  readonly look: () => void;
  /** Takes the keys that are the list's; says whether it did. */
  readonly press: (event: KeyboardEvent) => boolean;
  /** Opens the list by its sign, as if it were typed. */
  readonly ask: (sign: "/" | "@") => void;
  readonly close: () => void;
}

/** The list that finishes what is being typed: templates for a guest, colleagues in a note. */
export function useSuggestions(writing: Writing): SuggestionsState {
  const { text, kind, input, write } = writing;
  const { property } = useWorkplace();
  const templates = useTemplates(property.id);
  const [caret, setCaret] = useState<number | null>(null);
  const [active, setActive] = useState(0);
  const trigger = caret === null ? null : triggerAt(text, caret, kind);
  const { insert, isInserting } = useInsertion(writing);
  const choices = useChoices(writing, trigger, insert);
  const query = trigger?.query;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another query begins at its first
  useEffect(() => setActive(0), [query, kind]);
  const look = () => setCaret(input.current?.selectionStart ?? null);
  const close = () => setCaret(null);
  const press = (event: KeyboardEvent) => {
    if (choices.length === 0 || event.nativeEvent.isComposing) return false;
    if (event.key === "ArrowDown") setActive((active + 1) % choices.length);
    else if (event.key === "ArrowUp") setActive((active - 1 + choices.length) % choices.length);
    else if ((event.key === "Enter" && !event.shiftKey) || event.key === "Tab") {
      choices[active]?.choose();
      close();
    } else if (event.key === "Escape") close();
    else return false;
    return true;
  };
  const ask = (sign: "/" | "@") => {
    const at = input.current?.selectionStart ?? text.length;
    const before = text.slice(0, at);
    const typed = before === "" || /\s$/.test(before) ? sign : ` ${sign}`;
    write(before + typed + text.slice(at), at + typed.length);
    setCaret(at + typed.length);
  };
  const label = kind === "message" ? words.templates : words.people;
  const hasTemplates = templates.length > 0;
  const shown = { label, choices, active, onActive: setActive, hasTemplates, isInserting };
  return { ...shown, look, press, ask, close };
}

/** Puts what was chosen in the place of what was typed. */
function useInsertion(writing: Writing) {
  const { conversation, write, select, text } = writing;
  const [isInserting, setInserting] = useState(false);
  const insertTemplate = async (trigger: Trigger, { id: templateId }: Template) => {
    setInserting(true);
    try {
      const input = { conversationId: conversation.id, templateId };
      const filled = await call("previewTemplate", input);
      const replaced = replaceRange(text, trigger, filled.text);
      write(replaced.text, replaced.caret);
      const [first] = filled.unfilled;
      if (first !== undefined) select(first);
    } catch (error) {
      showToast({ text: words.templateNotRead(whyRefused(refusalCodeOf(error))) });
    } finally {
      setInserting(false);
    }
  };
  const insertName = (trigger: Trigger, name: string) => {
    const replaced = replaceRange(text, trigger, `@${name} `);
    write(replaced.text, replaced.caret);
  };
  return { insert: { template: insertTemplate, name: insertName }, isInserting };
}

const noChoices: readonly Choice[] = [];

function useChoices(
  { conversation }: Writing,
  trigger: Trigger | null,
  insert: ReturnType<typeof useInsertion>["insert"],
): readonly Choice[] {
  const { property, me } = useWorkplace();
  const templates = useTemplates(property.id);
  const { agents, teams } = usePeople(property.id);
  const language =
    useQuery(detailOptions(property.id, conversation.id)).data?.contact.language ?? null;
  const found = useMemo(() => {
    if (trigger?.kind === "template") return findTemplates(templates, trigger.query);
    if (trigger?.kind !== "mention") return [];
    const people = { agents: agents.values(), teams: teams.values() };
    return findCallables(people, trigger.query, me);
  }, [trigger?.kind, trigger?.query, templates, agents, teams, me]);
  if (!trigger || found.length === 0) return noChoices;
  return found.map((one): Choice => {
    if ("shortcut" in one) {
      const choose = () => void insert.template(trigger, one);
      const { id, name: title, shortcut } = one;
      const detail = textFor(one, language);
      return { id, title, detail, typed: `/${shortcut}`, face: { kind: "template" }, choose };
    }
    const choose = () => insert.name(trigger, one.name);
    if (one.kind === "agent") {
      const { id } = one.agent;
      return { id, title: one.name, detail: "", typed: null, face: { kind: "agent" }, choose };
    }
    const face = { kind: "team" as const, colour: one.team.colour };
    return { id: one.team.id, title: one.name, detail: words.team, typed: null, face, choose };
  });
}
