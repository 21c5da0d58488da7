import type { RefusalCode } from "@foyer/contract";
import { fileSize } from "../../ui/files.ts";
import { whyRefused } from "../../ui/words.ts";
import type { FileProblem } from "./files.ts";

export const words = {
  composer: "Answer",
  text: (name: string, medium: string) => `Text ${name} · ${medium}`,
  note: "Note",
  send: "Send",
  sendAndClose: "Send and close",
  addNote: "Add note",
  messageHint: (name: string) => `Write to ${name}`,
  messageHintTemplates: (name: string) => `Write to ${name}, or / for a template`,
  noteHint: "Write to your colleagues, @ calls one. The guest never sees it.",
  over: (count: number) => `${count.toLocaleString("en-GB")} too many`,
  readOnly: "You can read along here. Your role does not answer.",
  ended: "This channel is no longer in use. Notes still work.",
  blocked: (name: string) => `${name} is blocked, nothing is sent to them. Notes still work.`,
  optedOut: (name: string) => `${name} does not want to be texted. Notes still work.`,
  left: (count: number) => `${count} left`,
  messages: (count: number) => `${count} messages`,
  messagesWhy: "A long text is cut into several, and each is paid for.",
  alphabetWhy: "An emoji or a special letter makes room for fewer characters.",
  template: "Insert template",
  templates: "Templates",
  templateNotRead: (why: string) => `The template was not inserted. ${why}`,
  call: "Call a colleague",
  people: "Colleagues and teams",
  team: "Team",
  attach: "Attach files",
  attachments: "Attachments",
  remove: (name: string) => `Remove ${name}`,
  uploading: (name: string) => `Uploading ${name}`,
  waiting: "Waits for its turn",
  drop: "Drop to attach",
  dismiss: "Dismiss",
  unfilled: (names: readonly string[]) => {
    const list = new Intl.ListFormat("en-GB").format(names.map((name) => `{${name}}`));
    return `Fill in ${list} before sending.`;
  },
  sendsAfterUpload: "It can be sent once the files are up.",
  fileRefused: "Remove the file that was not taken.",
  sentAndClosed: (name: string) => `Sent and closed ${name}`,
  undo: "Undo",
};

/** Why a file cannot be attached. */
export function fileProblemWords(problem: FileProblem): string {
  if (problem.kind === "type") return `“${problem.name}” is no picture, PDF or contact card.`;
  if (problem.kind === "empty") return `“${problem.name}” is empty.`;
  if (problem.kind === "count") {
    if (problem.max === 0) return "This channel takes no attachments.";
    const files = problem.max === 1 ? "1 attachment" : `${problem.max} attachments`;
    return `One message takes at most ${files}.`;
  }
  return `“${problem.name}” is larger than ${fileSize(problem.bytesMax)}.`;
}

/** Why the server did not take a file. */
export function fileRefusedWords(code: RefusalCode): string {
  if (code === "attachment.type_refused") return "Not what it says it is";
  if (code === "attachment.too_large" || code === "request.too_large") return "Too large";
  return whyRefused(code);
}
