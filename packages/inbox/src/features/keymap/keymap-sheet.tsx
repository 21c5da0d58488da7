import { Switch } from "@base-ui/react/switch";
import { Fragment } from "react";
import { changeSettings, settings } from "../../data/settings.ts";
import { useStore } from "../../store/use-store.ts";
import { isApple } from "../../ui/platform.ts";
import { Sheet } from "../../ui/sheet.tsx";
import styles from "./keymap.module.css";
import { keymap, type Shortcut } from "./keymap.ts";
import { words } from "./words.ts";

interface Props {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Every shortcut, and the switch that turns single keys off. */
export function KeymapSheet({ isOpen, onClose }: Props) {
  const hasSingleKeys = useStore(settings, (all) => all.hasSingleKeys);
  const groups = Object.entries(words.groups) as [Shortcut["group"], string][];
  return (
    <Sheet isOpen={isOpen} onClose={onClose} title={words.title} hasHead className={styles.sheet}>
      <div className={styles.body}>
        {groups.map(([group, title]) => (
          <section key={group} className={styles.group}>
            <h3>{title}</h3>
            <dl>
              {rowsOf(group).map(([label, ways]) => (
                <div key={label} className={styles.row}>
                  <dt>{label}</dt>
                  <dd>
                    {ways.map((keys, index) => (
                      <Fragment key={keys.join(" ")}>
                        {index > 0 && <span className={styles.or} />}
                        <Keys keys={keys} />
                      </Fragment>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      {/* biome-ignore lint/a11y/noLabelWithoutControl: the switch inside is the control */}
      <label className={styles.switchRow}>
        <span>
          {words.singleKeys}
          <small>{words.singleKeysHint}</small>
        </span>
        <Switch.Root
          className={styles.switch}
          checked={hasSingleKeys}
          onCheckedChange={(checked) => changeSettings({ hasSingleKeys: checked })}
        >
          <Switch.Thumb className={styles.thumb} />
        </Switch.Root>
      </label>
    </Sheet>
  );
}

function rowsOf(group: Shortcut["group"]): [string, (readonly string[])[]][] {
  const rows = new Map<string, (readonly string[])[]>();
  for (const { group: its, label, keys } of keymap) {
    if (its === group) rows.set(label, [...(rows.get(label) ?? []), keys]);
  }
  return [...rows];
}

const keyNames: Record<string, string> = {
  arrowdown: "↓",
  arrowup: "↑",
  enter: "↵",
  escape: "esc",
  "mod+k": isApple ? "⌘ K" : "Ctrl K",
};

function Keys({ keys }: { readonly keys: readonly string[] }) {
  return keys.map((key, index) => (
    <Fragment key={key}>
      {index > 0 && <span className={styles.then}>{words.afterwards}</span>}
      <kbd>{keyNames[key] ?? key.toUpperCase()}</kbd>
    </Fragment>
  ));
}
