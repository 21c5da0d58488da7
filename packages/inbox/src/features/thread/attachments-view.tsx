import type { Attachment } from "@foyer/contract";
import { Contact, FileText, ImageOff } from "lucide-react";
import { freshAttachment } from "../../data/uploads.ts";
import { useFreshLink } from "../../data/use-fresh-link.ts";
import { useWorkplace } from "../../data/workplace.ts";
import { Button } from "../../ui/button.tsx";
import { cx } from "../../ui/class-names.ts";
import { fileSize, fileTypeWords } from "../../ui/files.ts";
import { Bone } from "../../ui/state.tsx";
import { showToast } from "../../ui/toaster.tsx";
import { tryAgainWords } from "../../ui/words.ts";
import styles from "./attachments.module.css";
import { isPicture, pictureBox } from "./model.ts";
import { useThreadActs } from "./thread-acts.ts";
import { words } from "./words.ts";

/** What a message brings: pictures as pictures, all else as files. */
export function AttachmentsView({ all }: { readonly all: readonly Attachment[] }) {
  return all.map((attachment) => <One key={attachment.id} attachment={attachment} />);
}

function One({ attachment }: { readonly attachment: Attachment }) {
  if (attachment.state === "fetching") {
    return (
      <div className={cx(styles.picture, styles.coming)} role="status">
        <Bone className={styles.bone} />
        <span>{words.fetching}</span>
      </div>
    );
  }
  if (attachment.state === "lost") {
    return (
      <div className={cx(styles.file, styles.lost)}>
        <ImageOff size={16} strokeWidth={1.6} aria-hidden="true" />
        <span className={styles.name}>{words.lost}</span>
      </div>
    );
  }
  return isPicture(attachment) ? (
    <Picture attachment={attachment} />
  ) : (
    <File attachment={attachment} />
  );
}

function Picture({ attachment }: { readonly attachment: Attachment }) {
  const { showPicture } = useThreadActs();
  const { url, attempt, onError, isLost, tryAgain } = useFreshLink(attachment);
  const { width, height } = pictureBox(attachment);
  const box = { width, aspectRatio: `${width} / ${height}` };
  if (isLost) {
    return (
      <div className={cx(styles.picture, styles.coming)} style={box}>
        <span>{words.pictureNotLoaded}</span>
        <Button look="link" onClick={tryAgain}>
          {tryAgainWords}
        </Button>
      </div>
    );
  }
  return (
    <button
      type="button"
      className={styles.picture}
      style={box}
      aria-label={words.openPicture(attachment.name)}
      onClick={() => showPicture(attachment.id)}
    >
      {url !== null && (
        <img
          key={attempt}
          src={url}
          alt=""
          width={width}
          height={height}
          decoding="async"
          draggable={false}
          onError={onError}
        />
      )}
    </button>
  );
}

function File({ attachment }: { readonly attachment: Attachment }) {
  const { property } = useWorkplace();
  const Icon = attachment.mediaType === "text/vcard" ? Contact : FileText;
  const facts = [fileTypeWords(attachment.mediaType), fileSize(attachment.bytes)];
  const open = async () => {
    try {
      const { url } = await freshAttachment(property.id, attachment.id);
      // Files are handed over, never shown: the page stays where it is.
      if (url !== null) location.assign(url);
    } catch {
      showToast({ text: words.fileNotOpened });
    }
  };
  return (
    <button
      type="button"
      className={styles.file}
      aria-label={words.openFile(attachment.name)}
      onClick={() => void open()}
    >
      <Icon size={20} strokeWidth={1.6} aria-hidden="true" />
      <span className={styles.name}>
        <bdi>{attachment.name}</bdi>
        <small>{facts.filter(Boolean).join(" · ")}</small>
      </span>
    </button>
  );
}
