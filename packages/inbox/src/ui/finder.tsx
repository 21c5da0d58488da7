import { Combobox } from "@base-ui/react/combobox";
import { Check } from "lucide-react";
import { type ReactNode, useState } from "react";
import { cx } from "./class-names.ts";
import styles from "./finder.module.css";
import popup from "./popup.module.css";

/** Something that can be found by typing. */
export interface Found {
  readonly id: string;
  readonly label: string;
  /** Found by this too: an e-mail, a country's code. */
  readonly also?: string;
  readonly icon?: ReactNode;
  /** At the end of the row, quiet. */
  readonly end?: string;
}

export interface FoundGroup {
  /** Empty: a group without a head. */
  readonly value: string;
  readonly items: readonly Found[];
}

interface Props {
  readonly groups: readonly FoundGroup[];
  readonly chosenId?: string | null;
  readonly onChoose: (id: string) => void;
  /** What somebody typed that nothing is called yet: the way to make it. */
  readonly onCreate?: ((typed: string) => void) | undefined;
  readonly createLabel?: (typed: string) => string;
  readonly placeholder: string;
  readonly empty: string;
  readonly label: string;
  readonly className?: string | undefined;
  readonly isDisabled?: boolean;
  readonly id?: string;
  /** It was asked for before it was loaded. */
  readonly isOpenAtFirst?: boolean;
  /** The button's face. */
  readonly children: ReactNode;
}

const createId = "create";

/** A button that opens a list in which one finds by typing. */
export function Finder(props: Props) {
  const { groups, chosenId = null, onChoose, onCreate, placeholder, empty, label } = props;
  const [isOpen, setOpen] = useState(props.isOpenAtFirst ?? false);
  const [typed, setTyped] = useState("");
  const all = groups.flatMap(({ items }) => items);
  const chosen = all.find(({ id }) => id === chosenId) ?? null;
  const shown = withCreation(groups, typed, onCreate ? props.createLabel : undefined);
  const choose = (item: Found | null) => {
    if (!item) return;
    if (item.id === createId) onCreate?.(typed.trim());
    else onChoose(item.id);
    setTyped("");
    setOpen(false);
  };
  return (
    <Combobox.Root<Found>
      items={shown as FoundGroup[]}
      value={chosen}
      onValueChange={choose}
      open={isOpen}
      onOpenChange={(open) => {
        setOpen(open);
        if (!open) setTyped("");
      }}
      inputValue={typed}
      onInputValueChange={(text, { reason }) => reason !== "item-press" && setTyped(text)}
      filter={isFound}
      disabled={props.isDisabled ?? false}
      isItemEqualToValue={(one, other) => one.id === other.id}
      itemToStringLabel={(item) => item.label}
      autoHighlight
    >
      <Combobox.Trigger className={props.className} aria-label={label} {...idOf(props.id)}>
        {props.children}
      </Combobox.Trigger>
      <Combobox.Portal>
        <Combobox.Positioner className={popup.positioner} align="start" sideOffset={4}>
          <Combobox.Popup className={cx(popup.popup, styles.popup)} aria-label={label}>
            <Combobox.Input
              className={styles.input}
              placeholder={placeholder}
              aria-label={placeholder}
            />
            <Combobox.Empty className={styles.empty}>{empty}</Combobox.Empty>
            <Combobox.List className={styles.list}>
              {(group: FoundGroup) => (
                <Combobox.Group key={group.value} items={group.items}>
                  {group.value !== "" && (
                    <Combobox.GroupLabel className={popup.label}>{group.value}</Combobox.GroupLabel>
                  )}
                  <Combobox.Collection>{foundRow}</Combobox.Collection>
                </Combobox.Group>
              )}
            </Combobox.List>
          </Combobox.Popup>
        </Combobox.Positioner>
      </Combobox.Portal>
    </Combobox.Root>
  );
}

function idOf(id: string | undefined) {
  return id === undefined ? {} : { id };
}

function foundRow(item: Found) {
  return (
    <Combobox.Item key={item.id} value={item} className={popup.item}>
      {item.icon && <span className={styles.slot}>{item.icon}</span>}
      <span className={popup.grow}>
        <bdi>{item.label}</bdi>
      </span>
      {item.end && <span className={styles.end}>{item.end}</span>}
      <Combobox.ItemIndicator>
        <Check size={16} strokeWidth={1.6} />
      </Combobox.ItemIndicator>
    </Combobox.Item>
  );
}

/** What stands in the way of typing is left aside: capitals, accents, an underscore for a space. */
function folded(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").replace(/_/g, " ").toLocaleLowerCase();
}

function isFound(item: Found, typed: string): boolean {
  if (item.id === createId) return true;
  const wanted = folded(typed.trim());
  return folded(`${item.label} ${item.also ?? ""}`).includes(wanted);
}

function withCreation(
  groups: readonly FoundGroup[],
  typed: string,
  createLabel: ((typed: string) => string) | undefined,
): readonly FoundGroup[] {
  const name = typed.trim();
  if (name === "" || !createLabel) return groups;
  const isThere = groups.some(({ items }) =>
    items.some(({ label }) => folded(label) === folded(name)),
  );
  if (isThere) return groups;
  return [...groups, { value: "", items: [{ id: createId, label: createLabel(name) }] }];
}
