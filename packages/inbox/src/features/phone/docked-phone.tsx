import { PanelRight, SquareArrowOutUpRight } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { settings } from "../../data/settings.ts";
import { useStore } from "../../store/use-store.ts";
import { Button, buttonClass } from "../../ui/button.tsx";
import { type Phone, phoneAddress, wishOf } from "./model.ts";
import styles from "./phone.module.css";
import { words } from "./words.ts";

interface Props {
  /** Where the simulator is. */
  readonly path: string;
  readonly phone: Phone;
  readonly onUndock: () => void;
}

/** The guest's side of the open conversation, in the place of what is known of them. */
export function DockedPhone({ path, phone, onUndock }: Props) {
  const theme = useStore(settings, (all) => all.theme);
  const { guest, hotel } = phone;
  return (
    <aside className={styles.pane} aria-label={words.title}>
      <header className={styles.header}>
        <h2>{words.title}</h2>
        <a
          className={buttonClass("quiet", true)}
          href={phoneAddress(path, phone, "system").replace("docked=1&", "")}
          target="_blank"
          rel="noopener"
          aria-label={words.newTab}
          title={words.newTab}
        >
          <SquareArrowOutUpRight size={16} strokeWidth={1.6} />
        </a>
        <Button look="quiet" onClick={onUndock}>
          <PanelRight size={16} strokeWidth={1.6} aria-hidden="true" />
          {words.undock}
        </Button>
      </header>
      <Frame key={theme} {...{ path, theme, guest, hotel }} />
    </aside>
  );
}

interface FrameProps extends Phone {
  readonly path: string;
  readonly theme: Parameters<typeof phoneAddress>[2];
}

/** Loaded once; from then on it is told whose phone to be, so that nothing flickers. */
function Frame({ path, theme, guest, hotel }: FrameProps) {
  const frame = useRef<HTMLIFrameElement>(null);
  const [address] = useState(() => phoneAddress(path, { guest, hotel }, theme));
  const [isLoaded, setLoaded] = useState(false);
  useEffect(() => {
    const wish = wishOf({ guest, hotel });
    if (isLoaded && wish) frame.current?.contentWindow?.postMessage(wish, location.origin);
  }, [isLoaded, guest, hotel]);
  return (
    <iframe
      ref={frame}
      className={styles.frame}
      title={words.title}
      src={address}
      onLoad={() => setLoaded(true)}
    />
  );
}
