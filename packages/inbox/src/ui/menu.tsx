import { Menu as Base } from "@base-ui/react/menu";
import { Check } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import styles from "./popup.module.css";

interface Props {
  /** The button that opens it. */
  readonly trigger: ReactElement;
  readonly side?: "top" | "bottom";
  readonly align?: "start" | "end";
  /** It was asked for before it was loaded. */
  readonly isOpenAtFirst?: boolean;
  readonly children: ReactNode;
}

/** A menu behind a button. */
export function Menu(props: Props) {
  const { trigger, side = "bottom", align = "start", isOpenAtFirst = false, children } = props;
  return (
    <Base.Root modal={false} defaultOpen={isOpenAtFirst}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner className={styles.positioner} side={side} align={align} sideOffset={4}>
          <Base.Popup className={styles.popup}>{children}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

interface ItemProps {
  readonly icon?: ReactNode;
  readonly onClick?: () => void;
  readonly end?: ReactNode;
  readonly children: ReactNode;
}

export function MenuItem({ icon, onClick, end, children }: ItemProps) {
  return (
    <Base.Item className={styles.item} onClick={onClick}>
      {icon}
      <span className={styles.grow}>{children}</span>
      {end}
    </Base.Item>
  );
}

/** Items that belong together, under a quiet head. */
export function MenuGroup(props: { readonly label: string; readonly children: ReactNode }) {
  return (
    <Base.Group>
      <Base.GroupLabel className={styles.label}>{props.label}</Base.GroupLabel>
      {props.children}
    </Base.Group>
  );
}

export function MenuLine() {
  return <Base.Separator className={styles.line} />;
}

interface CheckProps {
  readonly isOn: boolean;
  readonly onSwitch: (isOn: boolean) => void;
  readonly children: ReactNode;
}

/** On or off, marked with a tick. The menu stays. */
export function MenuCheck({ isOn, onSwitch, children }: CheckProps) {
  return (
    <Base.CheckboxItem className={styles.item} checked={isOn} onCheckedChange={onSwitch}>
      <span className={styles.grow}>{children}</span>
      <Base.CheckboxItemIndicator>
        <Check size={16} strokeWidth={1.6} />
      </Base.CheckboxItemIndicator>
    </Base.CheckboxItem>
  );
}

interface ChoiceProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly choices: readonly { readonly value: Value; readonly label: string }[];
  readonly onChoose: (value: Value) => void;
  readonly stays?: boolean;
}

/** One of several, marked with a tick. */
export function MenuChoice<Value extends string>(props: ChoiceProps<Value>) {
  return (
    <Base.Group>
      <Base.GroupLabel className={styles.label}>{props.label}</Base.GroupLabel>
      <Base.RadioGroup value={props.value} onValueChange={props.onChoose}>
        {props.choices.map(({ value, label }) => (
          <Base.RadioItem
            key={value}
            value={value}
            className={styles.item}
            closeOnClick={!props.stays}
          >
            <span className={styles.grow}>{label}</span>
            <Base.RadioItemIndicator>
              <Check size={16} strokeWidth={1.6} />
            </Base.RadioItemIndicator>
          </Base.RadioItem>
        ))}
      </Base.RadioGroup>
    </Base.Group>
  );
}
