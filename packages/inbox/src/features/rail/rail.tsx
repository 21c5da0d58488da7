import type { Property, Team } from "@foyer/contract";
import { Link } from "@tanstack/react-router";
import {
  AlignLeft,
  ChartNoAxesColumn,
  Check,
  ChevronDown,
  CircleUser,
  Inbox,
  PackageOpen,
  Search,
  Settings,
  SquarePen,
} from "lucide-react";
import type { ReactNode } from "react";
import { type ListKey, listKeyOf } from "../../data/model.ts";
import { usePeople } from "../../data/people.ts";
import { useWorkplace } from "../../data/workplace.ts";
import { TeamDot } from "../../ui/avatar.tsx";
import { cx } from "../../ui/class-names.ts";
import { runCommand } from "../../ui/commands.ts";
import { LazyMenu } from "../../ui/lazy-menu.tsx";
import { lazyPart } from "../../ui/lazy-part.ts";
import { isApple } from "../../ui/platform.ts";
import { useViewNumbers, ViewNumbers } from "./numbers.tsx";
import styles from "./rail.module.css";
import { words } from "./words.ts";

const { Part: PropertyChoice } = lazyPart(
  async () => (await import("./property-choice.tsx")).PropertyChoice,
);

interface Props {
  /** The view that is shown; null where no list is. */
  readonly current: ListKey | null;
  readonly onProperty: (property: Property) => void;
  /** A sheet closes when somebody has chosen. */
  readonly onChosen?: () => void;
  /** Me, at the foot. */
  readonly foot: ReactNode;
}

const views = [
  { view: "mine", label: words.mine, Icon: Inbox },
  { view: "unassigned", label: words.unassigned, Icon: CircleUser },
  { view: "all", label: words.all, Icon: AlignLeft },
  { view: "closed", label: words.closed, Icon: Check },
] as const;

/** What a property has beside its conversations, for whoever may see it. */
const places = [
  {
    to: "/p/$propertyId/now",
    label: words.now,
    Icon: ChartNoAxesColumn,
    right: "property.lead",
  },
  {
    to: "/p/$propertyId/deliveries",
    label: words.deliveries,
    Icon: PackageOpen,
    right: "delivery.read",
  },
  { to: "/p/$propertyId/settings", label: words.settings, Icon: Settings, right: "property.read" },
] as const;

/** The views of a property, with how much is in each. */
export function Rail({ current, onProperty, onChosen, foot }: Props) {
  const { property, may } = useWorkplace();
  const { teams } = usePeople(property.id);
  const search = () => {
    onChosen?.();
    runCommand("search.open");
  };
  const write = () => {
    onChosen?.();
    runCommand("message.new");
  };
  return (
    <div className={styles.rail}>
      <PropertySwitcher onProperty={onProperty} />
      <div className={styles.top}>
        <button type="button" className={styles.search} onClick={search}>
          <Search size={16} strokeWidth={1.6} aria-hidden="true" />
          <span className={styles.name}>{words.search}</span>
          <kbd>{isApple ? "⌘ K" : "Ctrl K"}</kbd>
        </button>
        {may("conversation.start") && (
          <button
            type="button"
            className={styles.write}
            title={words.newMessage}
            aria-label={words.newMessage}
            onClick={write}
          >
            <SquarePen size={16} strokeWidth={1.6} />
          </button>
        )}
      </div>
      <nav className={styles.views} aria-label={words.views}>
        {views.map(({ view, label, Icon }) => (
          <ViewRow
            key={view}
            to={listKeyOf(view)}
            isCurrent={current?.view === view}
            icon={<Icon size={16} strokeWidth={1.6} />}
            label={label}
            onChosen={onChosen}
          />
        ))}
        {teams.size > 0 && <h2 className={styles.title}>{words.teams}</h2>}
        {[...teams.values()].map((team: Team) => (
          <ViewRow
            key={team.id}
            to={listKeyOf("team", { teamId: team.id })}
            isCurrent={current?.view === "team" && current.teamId === team.id}
            icon={<TeamDot colour={team.colour} />}
            label={team.name}
            onChosen={onChosen}
          />
        ))}
        <h2 className={styles.title}>{words.property}</h2>
        {places
          .filter(({ right }) => may(right))
          .map(({ to, label, Icon }) => (
            <Link
              key={to}
              to={to}
              params={{ propertyId: property.id }}
              className={styles.row}
              activeProps={{ "aria-current": "page" }}
              onClick={onChosen}
            >
              <span className={styles.slot}>
                <Icon size={16} strokeWidth={1.6} aria-hidden="true" />
              </span>
              <span className={styles.name}>{label}</span>
            </Link>
          ))}
      </nav>
      {foot}
    </div>
  );
}

interface RowProps {
  readonly to: ListKey;
  readonly isCurrent: boolean;
  readonly icon: ReactNode;
  readonly label: string;
  readonly onChosen?: (() => void) | undefined;
}

function ViewRow({ to, isCurrent, icon, label, onChosen }: RowProps) {
  const { property } = useWorkplace();
  const numbers = useViewNumbers(to);
  return (
    <Link
      to="/p/$propertyId/$view"
      params={{ propertyId: property.id, view: to.view }}
      search={to.teamId ? { team: to.teamId } : {}}
      className={cx(styles.row, numbers.unread > 0 && styles.unread)}
      activeProps={{}}
      aria-current={isCurrent ? "page" : undefined}
      onClick={onChosen}
    >
      <span className={styles.slot} aria-hidden="true">
        {icon}
      </span>
      <span className={styles.name}>{label}</span>
      <ViewNumbers numbers={numbers} />
    </Link>
  );
}

function PropertySwitcher({ onProperty }: { readonly onProperty: (property: Property) => void }) {
  const { session, property } = useWorkplace();
  const face = (
    <>
      <span className={styles.mark} aria-hidden="true">
        {property.name.slice(0, 1)}
      </span>
      <span className={styles.name}>{property.name}</span>
    </>
  );
  if (session.properties.length < 2) return <div className={styles.property}>{face}</div>;
  const choose = (id: string) => {
    const chosen = session.properties.find((one) => one.id === id);
    if (chosen) onProperty(chosen);
  };
  return (
    <LazyMenu
      trigger={
        <button type="button" className={styles.property}>
          {face}
          <ChevronDown size={16} strokeWidth={1.6} aria-hidden="true" />
        </button>
      }
    >
      {() => (
        <PropertyChoice properties={session.properties} value={property.id} onChoose={choose} />
      )}
    </LazyMenu>
  );
}
