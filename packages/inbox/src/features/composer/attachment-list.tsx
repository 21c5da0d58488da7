import type { Attachment } from "@foyer/contract";
import { Contact, FileText, X } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import { removeAttachment, type Upload } from "../../data/uploads.ts";
import { useFreshLink } from "../../data/use-fresh-link.ts";
import { cx } from "../../ui/class-names.ts";
import { fileSize } from "../../ui/files.ts";
import styles from "./attachment-list.module.css";
import { mediaTypeOf } from "./files.ts";
import type { Files } from "./use-files.ts";
import type { Writing } from "./use-writing.ts";
import { fileRefusedWords, words } from "./words.ts";

interface Props {
  readonly writing: Writing;
  readonly files: Files;
}

/** What the next message brings: what is handed in, and what is on its way. */
export function AttachmentList({ writing, files }: Props) {
  const { conversation, attachments, uploads } = writing;
  const { id } = conversation;
  return (
    <>
      {attachments.length + uploads.length > 0 && (
        <ul className={styles.list} aria-label={words.attachments}>
          {attachments.map((attachment) => (
            <Chip
              key={attachment.id}
              name={attachment.name}
              face={<ReadyFace attachment={attachment} />}
              onRemove={() => removeAttachment(id, attachment.id)}
            >
              {fileSize(attachment.bytes)}
            </Chip>
          ))}
          {uploads.map((upload) => (
            <Chip
              key={upload.id}
              name={upload.file.name}
              isRefused={upload.refusal !== null}
              face={<FileFace file={upload.file} />}
              onRemove={() => removeAttachment(id, upload.id)}
            >
              <Progress upload={upload} />
            </Chip>
          ))}
        </ul>
      )}
      {files.problem !== null && (
        <p className={styles.problem} role="alert">
          {files.problem}
          <button type="button" aria-label={words.dismiss} onClick={files.dismiss}>
            <X size={14} strokeWidth={1.6} />
          </button>
        </p>
      )}
    </>
  );
}

interface ChipProps {
  readonly name: string;
  readonly face: ReactNode;
  readonly isRefused?: boolean;
  readonly onRemove: () => void;
  readonly children: ReactNode;
}

function Chip({ name, face, isRefused = false, onRemove, children }: ChipProps) {
  return (
    <li className={cx(styles.chip, isRefused && styles.refused)}>
      <span className={styles.face}>{face}</span>
      <span className={styles.about}>
        <bdi className={styles.name}>{name}</bdi>
        <small>{children}</small>
      </span>
      <button
        type="button"
        className={styles.remove}
        aria-label={words.remove(name)}
        onClick={onRemove}
      >
        <X size={14} strokeWidth={1.6} />
      </button>
    </li>
  );
}

function Progress({ upload }: { readonly upload: Upload }) {
  const { part, refusal, file } = upload;
  if (refusal !== null) return <span role="alert">{fileRefusedWords(refusal)}</span>;
  return (
    <progress className={styles.progress} value={part} aria-label={words.uploading(file.name)} />
  );
}

function ReadyFace({ attachment }: { readonly attachment: Attachment }) {
  const { url, attempt, onError, isLost } = useFreshLink(attachment);
  const isPicture = attachment.mediaType?.startsWith("image/");
  if (isPicture && url !== null && !isLost) {
    return <img key={attempt} src={url} alt="" onError={onError} />;
  }
  return <Sign mediaType={attachment.mediaType} />;
}

function Sign({ mediaType }: { readonly mediaType: string | null | undefined }) {
  const Icon = mediaType === "text/vcard" ? Contact : FileText;
  return <Icon size={16} strokeWidth={1.6} aria-hidden="true" />;
}

const facePx = 72;

/** A file's own picture, small: drawn, because the page's policy allows no address for it. */
function FileFace({ file }: { readonly file: File }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const mediaType = mediaTypeOf(file);
  const isPicture = mediaType?.startsWith("image/") ?? false;
  useEffect(() => {
    let isOver = false;
    if (!isPicture) return;
    createImageBitmap(file).then(
      (picture) => {
        if (!isOver) drawCover(canvas.current, picture);
        picture.close();
      },
      // What is no picture after all is refused by the server.
      () => undefined,
    );
    return () => {
      isOver = true;
    };
  }, [file, isPicture]);
  if (!isPicture) return <Sign mediaType={mediaType} />;
  return <canvas ref={canvas} width={facePx} height={facePx} />;
}

function drawCover(canvas: HTMLCanvasElement | null, picture: ImageBitmap): void {
  const scale = facePx / Math.min(picture.width, picture.height);
  const [width, height] = [picture.width * scale, picture.height * scale];
  const context = canvas?.getContext("2d");
  context?.drawImage(picture, (facePx - width) / 2, (facePx - height) / 2, width, height);
}
