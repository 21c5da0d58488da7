import { Link } from "@tanstack/react-router";
import {
  Building2,
  Menu as MenuIcon,
  MessageSquareText,
  RadioTower,
  Tag,
  TextCursorInput,
  UserRound,
  UsersRound,
} from "lucide-react";
import type { ComponentType } from "react";
import { useWorkplace } from "../../data/workplace.ts";
import { Button } from "../../ui/button.tsx";
import { cx } from "../../ui/class-names.ts";
import { PaneState } from "../../ui/state.tsx";
import { ChannelsSection } from "./channels-section.tsx";
import { FieldsSection } from "./fields-section.tsx";
import { LabelsSection } from "./labels-section.tsx";
import { PeopleSection } from "./people-section.tsx";
import { PropertySection } from "./property-section.tsx";
import { type SectionId, sectionsFor } from "./sections.ts";
import styles from "./settings.module.css";
import { TeamsSection } from "./teams-section.tsx";
import { TemplatesSection } from "./templates-section.tsx";
import { words } from "./words.ts";

const icons: Record<SectionId, typeof Building2> = {
  property: Building2,
  channels: RadioTower,
  teams: UsersRound,
  people: UserRound,
  labels: Tag,
  fields: TextCursorInput,
  templates: MessageSquareText,
};

/** What a section is given: the thing in it that is open, by id, or `new`. */
export interface SectionProps {
  readonly item: string | null;
}

const parts: Record<SectionId, ComponentType<SectionProps>> = {
  property: PropertySection,
  channels: ChannelsSection,
  teams: TeamsSection,
  people: PeopleSection,
  labels: LabelsSection,
  fields: FieldsSection,
  templates: TemplatesSection,
};

interface Props extends SectionProps {
  /** Null: the list of sections, where there is room for one column only. */
  readonly section: SectionId | null;
  readonly onOpenRail: () => void;
}

/** How the property is set up: the sections, and the one that is open. */
export function SettingsPage({ section, item, onOpenRail }: Props) {
  const { may } = useWorkplace();
  const sections = sectionsFor(may);
  const isAllowed = sections.some(({ id }) => id === section);
  const Part = section !== null && isAllowed ? parts[section] : null;
  return (
    <div className={cx(styles.page, Part !== null && styles.showsSection)}>
      <Sections section={section} onOpenRail={onOpenRail} />
      <main className={styles.content} key={section}>
        {Part ? <Part item={item} /> : <PaneState text={words.noSection} />}
      </main>
    </div>
  );
}

function Sections({ section, onOpenRail }: Omit<Props, "item">) {
  const { property, may } = useWorkplace();
  return (
    <div className={styles.sections}>
      <header className={styles.header}>
        <Button
          look="quiet"
          isSquare
          className={styles.onlyNarrow}
          aria-label={words.openRail}
          onClick={onOpenRail}
        >
          <MenuIcon size={16} strokeWidth={1.6} />
        </Button>
        <h1>{words.title}</h1>
      </header>
      <nav className={styles.nav} aria-label={words.title}>
        {sectionsFor(may).map(({ id, label }) => {
          const Icon = icons[id];
          return (
            <Link
              key={id}
              to="/p/$propertyId/settings/$section"
              params={{ propertyId: property.id, section: id }}
              search={{}}
              className={styles.navRow}
              activeProps={{}}
              aria-current={id === section ? "page" : undefined}
            >
              <Icon size={16} strokeWidth={1.6} aria-hidden="true" />
              {label}
            </Link>
          );
        })}
      </nav>
    </div>
  );
}
