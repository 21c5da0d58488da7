import { Dialog } from "@base-ui/react/dialog";
import type { AttachmentId } from "@foyer/contract";
import { ChevronLeft, ChevronRight, X } from "lucide-react";
import type { KeyboardEvent } from "react";
import { useFreshLink } from "../../data/use-fresh-link.ts";
import { useWorkplace } from "../../data/workplace.ts";
import { fullTime } from "../../ui/times.ts";
import { useNow } from "../../ui/use-now.ts";
import styles from "./light-box.module.css";
import type { Shown } from "./model.ts";
import { useAgentName } from "./use-agent-name.ts";
import { words } from "./words.ts";

interface Props {
  readonly pictures: readonly Shown[];
  readonly id: AttachmentId | null;
  /** How the guest is called. */
  readonly guest: string;
  readonly onShow: (id: AttachmentId | null) => void;
}

/** A picture of the thread, as large as the screen allows; the arrow keys lead to the others. */
export function LightBox({ pictures, id, guest, onShow }: Props) {
  const index = pictures.findIndex(({ attachment }) => attachment.id === id);
  const shown = pictures[index];
  const step = (by: number) => {
    const next = pictures[index + by];
    if (next) onShow(next.attachment.id);
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === "ArrowLeft") step(-1);
    else if (event.key === "ArrowRight") step(1);
  };
  return (
    <Dialog.Root open={shown !== undefined} onOpenChange={(isOpen) => !isOpen && onShow(null)}>
      <Dialog.Portal>
        <Dialog.Backdrop className={styles.scrim} />
        <Dialog.Popup className={styles.box} onKeyDown={press}>
          {shown && (
            <>
              <header className={styles.head}>
                <Dialog.Title className={styles.title}>
                  <bdi>{shown.attachment.name}</bdi>
                  <Caption shown={shown} guest={guest} />
                </Dialog.Title>
                <Dialog.Close className={styles.control} aria-label={words.closePicture}>
                  <X size={20} strokeWidth={1.6} />
                </Dialog.Close>
              </header>
              <Large key={shown.attachment.id} shown={shown} onLeave={() => onShow(null)} />
              {index > 0 && (
                <button
                  type="button"
                  className={`${styles.control} ${styles.before}`}
                  aria-label={words.pictureBefore}
                  onClick={() => step(-1)}
                >
                  <ChevronLeft size={20} strokeWidth={1.6} />
                </button>
              )}
              {index < pictures.length - 1 && (
                <button
                  type="button"
                  className={`${styles.control} ${styles.after}`}
                  aria-label={words.pictureAfter}
                  onClick={() => step(1)}
                >
                  <ChevronRight size={20} strokeWidth={1.6} />
                </button>
              )}
            </>
          )}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Caption({ shown, guest }: { readonly shown: Shown; readonly guest: string }) {
  const { property } = useWorkplace();
  const nameOf = useAgentName();
  const who = shown.agentId === null ? guest : nameOf(shown.agentId);
  const time = fullTime(Date.parse(shown.at), useNow(), property.timeZone);
  return (
    <small>
      {who} · {time}
    </small>
  );
}

/** The picture itself. A click beside it leads back, as everywhere. */
function Large({ shown, onLeave }: { readonly shown: Shown; readonly onLeave: () => void }) {
  const { url, attempt, onError, isLost, tryAgain } = useFreshLink(shown.attachment);
  const { width, height, name } = shown.attachment;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the Escape key and the button do the same
    // biome-ignore lint/a11y/noStaticElementInteractions: the Escape key and the button do the same
    <div
      className={styles.stage}
      onClick={(event) => event.target === event.currentTarget && onLeave()}
    >
      {isLost || url === null ? (
        <p className={styles.lost} role="alert">
          {words.pictureNotLoaded}
          <button type="button" onClick={tryAgain}>
            {words.tryAgain}
          </button>
        </p>
      ) : (
        <img
          key={attempt}
          src={url}
          alt={name}
          {...(width && height ? { width, height } : {})}
          onError={onError}
          draggable={false}
        />
      )}
    </div>
  );
}
