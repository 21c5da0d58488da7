import type { Command } from "../../ui/commands.ts";
import { words } from "./words.ts";

export interface Shortcut {
  /** Keys one after another, each as `KeyboardEvent.key` in lower case; `mod` is ⌘ or Ctrl. */
  readonly keys: readonly string[];
  readonly command: Command;
  readonly label: string;
  readonly group: keyof typeof words.groups;
}

/** Every shortcut there is: what the keyboard does, and what the help sheet shows. */
export const keymap: readonly Shortcut[] = [
  { keys: ["j"], command: "list.next", label: words.next, group: "list" },
  { keys: ["arrowdown"], command: "list.next", label: words.next, group: "list" },
  { keys: ["k"], command: "list.previous", label: words.previous, group: "list" },
  { keys: ["arrowup"], command: "list.previous", label: words.previous, group: "list" },
  { keys: ["enter"], command: "list.open", label: words.open, group: "list" },
  { keys: ["mod+k"], command: "search.open", label: words.search, group: "list" },
  { keys: ["/"], command: "search.open", label: words.search, group: "list" },
  { keys: ["c"], command: "message.new", label: words.newMessage, group: "list" },
  { keys: ["r"], command: "thread.reply", label: words.reply, group: "thread" },
  { keys: ["n"], command: "thread.note", label: words.note, group: "thread" },
  { keys: ["e"], command: "thread.toggle", label: words.toggle, group: "thread" },
  { keys: ["w"], command: "thread.noAnswer", label: words.noAnswer, group: "thread" },
  { keys: ["a"], command: "thread.assign", label: words.assign, group: "thread" },
  { keys: ["escape"], command: "thread.leave", label: words.leave, group: "thread" },
  { keys: ["g", "m"], command: "go.mine", label: words.goMine, group: "go" },
  { keys: ["g", "u"], command: "go.unassigned", label: words.goUnassigned, group: "go" },
  { keys: ["g", "a"], command: "go.all", label: words.goAll, group: "go" },
  { keys: ["g", "c"], command: "go.closed", label: words.goClosed, group: "go" },
  { keys: ["?"], command: "keymap.open", label: words.help, group: "go" },
];
