import { type ClipboardEvent, type RefObject, useEffect, useRef, useState } from "react";
import { attachFiles } from "../../data/uploads.ts";
import { checkFiles } from "./files.ts";
import type { Writing } from "./use-writing.ts";
import { fileProblemWords } from "./words.ts";

export interface Files {
  readonly isDragging: boolean;
  /** Why the last file was not taken; null: it was. */
  readonly problem: string | null;
  readonly dismiss: () => void;
  readonly add: (files: readonly File[]) => void;
  /** Takes the files of a paste, unless words came along. */
  readonly paste: (event: ClipboardEvent) => void;
}

const noAttachments = { attachmentsMax: 0, attachmentBytesMax: 0 };

/** Files that are chosen, pasted, or dropped on the conversation. */
export function useFiles(writing: Writing, section: RefObject<HTMLElement | null>): Files {
  const { conversation, channel, attachments, uploads, kind } = writing;
  const [problem, setProblem] = useState<string | null>(null);
  const there = attachments.length + uploads.length;
  const add = (files: readonly File[]) => {
    const capabilities = channel?.capabilities ?? noAttachments;
    const checked = checkFiles(files, there, capabilities);
    setProblem(checked.problem && fileProblemWords(checked.problem));
    attachFiles(conversation, checked.taken);
  };
  const paste = (event: ClipboardEvent) => {
    const { files } = event.clipboardData;
    if (kind !== "message" || files.length === 0) return;
    if (event.clipboardData.getData("text/plain") !== "") return;
    event.preventDefault();
    add([...files]);
  };
  const isDragging = useDrop(section, kind === "message", add);
  return { isDragging, problem, dismiss: () => setProblem(null), add, paste };
}

/** Files dropped anywhere on the conversation are taken; elsewhere they do not even open. */
function useDrop(
  section: RefObject<HTMLElement | null>,
  isTaking: boolean,
  add: (files: readonly File[]) => void,
): boolean {
  const [isDragging, setDragging] = useState(false);
  const latest = useRef({ isTaking, add });
  useEffect(() => {
    latest.current = { isTaking, add };
  });
  useEffect(() => {
    const given = new AbortController();
    const { signal } = given;
    const isHere = ({ target }: DragEvent) =>
      target instanceof Node && Boolean(section.current?.closest("main")?.contains(target));
    const over = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      const takes = isHere(event) && latest.current.isTaking;
      event.dataTransfer.dropEffect = takes ? "copy" : "none";
      setDragging(takes);
    };
    const drop = (event: DragEvent) => {
      setDragging(false);
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      if (isHere(event) && latest.current.isTaking) {
        latest.current.add([...event.dataTransfer.files]);
      }
    };
    const leave = (event: DragEvent) => event.relatedTarget === null && setDragging(false);
    addEventListener("dragover", over, { signal });
    addEventListener("drop", drop, { signal });
    addEventListener("dragleave", leave, { signal });
    return () => given.abort();
  }, [section]);
  return isDragging;
}
