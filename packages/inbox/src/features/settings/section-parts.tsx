import { useNavigate } from "@tanstack/react-router";
import { ArrowLeft, ChevronRight, Search } from "lucide-react";
import { type FormEvent, type ReactNode, useState } from "react";
import { useWorkplace } from "../../data/workplace.ts";
import { Button } from "../../ui/button.tsx";
import { cx } from "../../ui/class-names.ts";
import { Bone, PaneState } from "../../ui/state.tsx";
import { tryAgainWords } from "../../ui/words.ts";
import { BackToSections } from "./back-to-sections.tsx";
import editStyles from "./edit.module.css";
import type { SectionId } from "./sections.ts";
import styles from "./settings.module.css";
import type { Form } from "./use-form.ts";
import { words } from "./words.ts";

/** Goes to a section, or to a thing in it. */
export function useGo(): (section: SectionId, item?: string) => void {
  const { property } = useWorkplace();
  const navigate = useNavigate();
  return (section, item) =>
    void navigate({
      to: "/p/$propertyId/settings/$section",
      params: { propertyId: property.id, section },
      search: item === undefined ? {} : { item },
    });
}

interface HeadProps {
  readonly section: SectionId;
  /** The thing that is open in the section; the section's own name otherwise. */
  readonly title?: string;
  readonly isReadOnly?: boolean;
  /** The one thing that is done here. */
  readonly children?: ReactNode;
}

/** What the section is, whether one may change it, and the way back. */
export function SectionHead({ section, title, isReadOnly = false, children }: HeadProps) {
  const go = useGo();
  const { label, about } = words.sections[section];
  const readOnly =
    section === "labels" || section === "templates" ? words.readOnlyLead : words.readOnly;
  return (
    <header className={styles.head}>
      {title === undefined ? (
        <BackToSections />
      ) : (
        <Button
          look="quiet"
          isSquare
          className={styles.up}
          aria-label={words.goBack}
          onClick={() => go(section)}
        >
          <ArrowLeft size={20} strokeWidth={1.6} />
        </Button>
      )}
      <div className={styles.headText}>
        <h2>
          <bdi>{title ?? label}</bdi>
        </h2>
        {title === undefined && <p>{isReadOnly ? `${about} ${readOnly}` : about}</p>}
      </div>
      {children}
    </header>
  );
}

interface Query {
  readonly isPending: boolean;
  readonly isError: boolean;
  readonly refetch: () => unknown;
}

interface LoadedProps<Data> {
  readonly query: Query & { readonly data: Data | undefined };
  readonly children: (data: Data) => ReactNode;
}

/** What was read, or that it is being read, or that it could not be. */
export function Loaded<Data>({ query, children }: LoadedProps<Data>) {
  if (query.data !== undefined) return children(query.data);
  if (query.isError) {
    return (
      <PaneState
        isAlert
        text={words.error}
        action={{ label: tryAgainWords, run: () => void query.refetch() }}
      />
    );
  }
  return (
    <div role="status">
      <span className="unseen">{words.loading}</span>
      {["a", "b", "c", "d", "e"].map((row) => (
        <div key={row} className={styles.boneRow}>
          <Bone className={styles.bone} />
        </div>
      ))}
    </div>
  );
}

/** It was open and is there no longer: somebody retired it, or the address names nothing. */
export function Gone({ section }: { readonly section: SectionId }) {
  const go = useGo();
  return <PaneState text={words.gone} action={{ label: words.goBack, run: () => go(section) }} />;
}

interface ListProps<Item> {
  readonly label: string;
  readonly items: readonly Item[];
  readonly nameOf: (item: Item) => string;
  readonly empty: string;
  readonly children: (item: Item) => ReactNode;
}

const filterFromItems = 9;

/** A list of what is set up; a long one can be filtered. */
export function ItemList<Item extends { readonly id: string }>(props: ListProps<Item>) {
  const { label, items, nameOf, empty, children } = props;
  const [typed, setTyped] = useState("");
  const wanted = typed.trim().toLocaleLowerCase();
  const found = items.filter((item) => nameOf(item).toLocaleLowerCase().includes(wanted));
  if (items.length === 0) return <PaneState text={empty} />;
  return (
    <>
      {items.length >= filterFromItems && (
        <label className={styles.filter}>
          <Search size={16} strokeWidth={1.6} aria-hidden="true" />
          <input
            type="search"
            aria-label={words.find}
            placeholder={words.find}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        </label>
      )}
      <ul className={styles.items} aria-label={label}>
        {found.map((item) => (
          <li key={item.id}>{children(item)}</li>
        ))}
      </ul>
      {found.length === 0 && <p className={styles.said}>{words.noneFound(typed.trim())}</p>}
    </>
  );
}

interface RowProps {
  readonly icon?: ReactNode;
  readonly name: string;
  readonly about?: ReactNode;
  readonly end?: ReactNode;
  /** Absent: the row only tells. */
  readonly onOpen?: (() => void) | undefined;
  /** Buttons stand at the row's end, so that an arrow there would be one too many. */
  readonly hasActs?: boolean;
}

/** One thing of a list; opening it leads to its page. */
export function ItemRow({ icon, name, about, end, onOpen, hasActs = false }: RowProps) {
  const face = (
    <>
      {icon && <span className={styles.slot}>{icon}</span>}
      <span className={styles.itemText}>
        <bdi className={styles.itemName}>{name}</bdi>
        {about && <span className={styles.itemAbout}>{about}</span>}
      </span>
      {end && <span className={styles.end}>{end}</span>}
    </>
  );
  if (!onOpen) return <div className={styles.item}>{face}</div>;
  return (
    <button type="button" className={cx(styles.item, styles.opens)} onClick={onOpen}>
      {face}
      {!hasActs && (
        <ChevronRight size={16} strokeWidth={1.6} aria-hidden="true" className={styles.chevron} />
      )}
    </button>
  );
}

interface FormProps<Values> {
  readonly form: Form<Values>;
  readonly save?: string;
  readonly onCancel?: () => void;
  readonly isNew?: boolean;
  readonly children: ReactNode;
  /** At the end of the foot, away from saving: retiring, say. */
  readonly aside?: ReactNode;
}

/** An editor with its foot: saving, what stands in its way, and who saved meanwhile. */
export function EditForm<Values>(props: FormProps<Values>) {
  const { form, save = words.save, onCancel, isNew = false, children, aside } = props;
  const submit = (event: FormEvent) => form.submit(event);
  const isIdle = !isNew && !form.isDirty;
  const cancel = () => {
    // Whoever says so leaves without being asked once more.
    form.reset();
    onCancel?.();
  };
  return (
    <form className={editStyles.form} onSubmit={submit} noValidate>
      {children}
      {form.isConflict && (
        <div className={editStyles.conflict} role="alert">
          <span>{words.conflict}</span>
          <Button onClick={form.takeTheirs}>{words.takeTheirs}</Button>
          <Button onClick={form.keepMine}>{words.keepMine}</Button>
        </div>
      )}
      {form.said !== null && (
        <p className={editStyles.problem} role="alert">
          {form.said}
        </p>
      )}
      <div className={editStyles.foot}>
        <Button
          type="submit"
          look="primary"
          disabled={isIdle || form.isConflict}
          aria-disabled={form.isBusy}
        >
          {form.isBusy ? words.saving : save}
        </Button>
        {(onCancel || form.isDirty) && (
          <Button look="quiet" onClick={cancel}>
            {words.cancel}
          </Button>
        )}
        {aside && <span className={editStyles.aside}>{aside}</span>}
      </div>
    </form>
  );
}
