import type { Agent, AgentId, Mention, Team, Template } from "@foyer/contract";
import { limits } from "@foyer/contract";
import type { DraftKind } from "../../data/drafts.ts";

/** What is being typed that a list can finish: a template after a slash, a name after an at. */
export interface Trigger {
  readonly kind: "template" | "mention";
  readonly query: string;
  /** What is replaced: UTF-16 offsets, from the sign to the caret. */
  readonly from: number;
  readonly to: number;
}

const queryCharactersMax = 40;
const shownMax = 8;
const beforeCaret = {
  message: /(?:^|\s)\/([^\s/]*)$/u,
  note: /(?:^|[\s(])@([^\n@]*)$/u,
} satisfies Record<DraftKind, RegExp>;

/** Finds what stands before the caret that a list can finish. */
export function triggerAt(text: string, caret: number, kind: DraftKind): Trigger | null {
  const window = text.slice(Math.max(0, caret - queryCharactersMax - 2), caret);
  const query = beforeCaret[kind].exec(window)?.[1];
  if (query === undefined || query.length > queryCharactersMax) return null;
  const from = caret - query.length - 1;
  return { kind: kind === "message" ? "template" : "mention", query, from, to: caret };
}

/** What stands in the way of finding is left aside: capitals and accents. */
function folded(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();
}

/** Templates for what was typed: by shortcut, then by name, then by what they say. */
export function findTemplates(templates: readonly Template[], query: string): readonly Template[] {
  const wanted = folded(query);
  const rank = ({ shortcut, name, texts }: Template) => {
    if (shortcut.startsWith(wanted)) return 0;
    if (
      folded(name)
        .split(/\s+/)
        .some((word) => word.startsWith(wanted))
    )
      return 1;
    if (shortcut.includes(wanted) || folded(name).includes(wanted)) return 2;
    return texts.some(({ text }) => folded(text).includes(wanted)) ? 3 : null;
  };
  return templates
    .flatMap((template) => {
      const place = rank(template);
      return place === null ? [] : [{ template, place }];
    })
    .sort((one, other) => one.place - other.place || byName(one.template, other.template))
    .slice(0, shownMax)
    .map(({ template }) => template);
}

function byName(one: { readonly name: string }, other: { readonly name: string }): number {
  return one.name.localeCompare(other.name);
}

/** A template's text as it is listed: in the guest's language if there is one, else its first. */
export function textFor(template: Template, language: string | null): string {
  const base = language?.split("-")[0];
  const text =
    template.texts.find((one) => one.language === language) ??
    template.texts.find((one) => one.language.split("-")[0] === base) ??
    template.texts[0];
  return text?.text ?? "";
}

/** Whom a note can call. */
export type Callable =
  | { readonly kind: "agent"; readonly name: string; readonly agent: Agent }
  | { readonly kind: "team"; readonly name: string; readonly team: Team };

interface People {
  readonly agents: Iterable<Agent>;
  readonly teams: Iterable<Team>;
}

function callables({ agents, teams }: People): Callable[] {
  const active = [...agents].filter(({ isActive }) => isActive);
  return [
    ...active.map((agent): Callable => ({ kind: "agent", name: agent.name, agent })),
    ...[...teams].map((team): Callable => ({ kind: "team", name: team.name, team })),
  ];
}

/** Colleagues and teams for what was typed, those whose name begins so first; never oneself. */
export function findCallables(people: People, query: string, me: AgentId): readonly Callable[] {
  const wanted = folded(query);
  const others = callables(people).filter((one) => one.kind === "team" || one.agent.id !== me);
  const begins = (name: string) => folded(name).startsWith(wanted);
  return others
    .filter(({ name }) => begins(name) || name.split(/\s+/).some(begins))
    .sort(
      (one, other) => Number(begins(other.name)) - Number(begins(one.name)) || byName(one, other),
    )
    .slice(0, shownMax);
}

/** Whom a note calls: every colleague and team whose whole name stands in it after an `@`. */
export function mentionsIn(text: string, people: People): Mention[] {
  const longestFirst = callables(people).sort((one, other) => other.name.length - one.name.length);
  const found = new Map<string, Mention>();
  for (let at = text.indexOf("@"); at >= 0; at = text.indexOf("@", at + 1)) {
    const who = longestFirst.find(({ name }) => text.startsWith(name, at + 1));
    if (who?.kind === "agent") found.set(who.agent.id, { agentId: who.agent.id });
    if (who?.kind === "team") found.set(who.team.id, { teamId: who.team.id });
  }
  return [...found.values()].slice(0, limits.mentionsPerNoteMax);
}

/** A text with what was typed replaced by what was chosen; the caret goes behind it. */
export function replaceRange(text: string, { from, to }: Trigger, chosen: string) {
  return { text: text.slice(0, from) + chosen + text.slice(to), caret: from + chosen.length };
}
