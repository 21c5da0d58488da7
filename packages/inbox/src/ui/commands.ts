/** What a shortcut or a menu asks of whoever shows the thing: the screen is told, not searched. */
export type Command =
  | "list.next"
  | "list.previous"
  | "list.open"
  | "thread.toggle"
  | "thread.reply"
  | "thread.note"
  | "thread.assign"
  | "thread.noAnswer"
  | "thread.leave"
  | "message.new"
  | "search.open"
  | "keymap.open"
  | "go.mine"
  | "go.unassigned"
  | "go.all"
  | "go.closed";

const handlers = new Map<Command, (() => void)[]>();

/** Answers a command until the returned function is called. The newest handler wins. */
export function onCommand(command: Command, handler: () => void): () => void {
  handlers.set(command, [...(handlers.get(command) ?? []), handler]);
  return () => {
    handlers.set(
      command,
      (handlers.get(command) ?? []).filter((known) => known !== handler),
    );
  };
}

/** Runs a command. Says whether somebody answered it. */
export function runCommand(command: Command): boolean {
  const handler = handlers.get(command)?.at(-1);
  handler?.();
  return handler !== undefined;
}
