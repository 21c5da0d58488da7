import type { ConversationId } from "@foyer/contract";
import { usePeople } from "../../data/people.ts";
import { presence } from "../../data/presence.ts";
import { useWorkplace } from "../../data/workplace.ts";
import { useStore } from "../../store/use-store.ts";
import { cx } from "../../ui/class-names.ts";
import styles from "./thread.module.css";
import { words } from "./words.ts";

/** Who else is here, and who types. */
export function PresenceLine({ id }: { readonly id: ConversationId }) {
  const { property, me } = useWorkplace();
  const { agents } = usePeople(property.id);
  const here = useStore(presence, (all) => all.get(id));
  const firstName = (agent: string) =>
    [...agents.values()].find((one) => one.id === agent)?.name.split(" ")[0];
  const typing = here?.typing.find(({ agentId }) => agentId !== me && firstName(agentId));
  const viewing = (here?.viewing ?? [])
    .filter((agent) => agent !== me)
    .flatMap((agent) => firstName(agent) ?? []);
  const text = typing
    ? words.typing(firstName(typing.agentId) ?? "", typing.kind === "note")
    : viewing.length > 0
      ? words.viewing(listNames(viewing))
      : "";
  return <p className={cx(styles.small, styles.presence)}>{text}</p>;
}

function listNames(names: readonly string[]): string {
  const list = new Intl.ListFormat("en-GB").format(names.slice(0, 3));
  return `${list} ${names.length === 1 ? "is" : "are"}`;
}
