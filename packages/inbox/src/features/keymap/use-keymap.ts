import { useEffect } from "react";
import { settings } from "../../data/settings.ts";
import { runCommand } from "../../ui/commands.ts";
import { keymap } from "./keymap.ts";
import { matchPress } from "./model.ts";

const pendingMs = 1_200;
const listCommands = new Set(["list.next", "list.previous", "list.open", "thread.leave"]);

/** Listens to the keyboard for the whole screen. */
export function useKeymap(): void {
  useEffect(() => {
    let pending: readonly string[] = [];
    let forget: ReturnType<typeof setTimeout> | undefined;
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const matched = matchPress(
        {
          key: event.key,
          hasMod: event.metaKey || event.ctrlKey,
          hasAlt: event.altKey,
          isTyping: isTyping(event.target),
        },
        pending,
        keymap,
        settings.get().hasSingleKeys,
      );
      pending = matched.pending;
      clearTimeout(forget);
      forget = setTimeout(() => {
        pending = [];
      }, pendingMs);
      if (matched.command === null || isElsewhere(event, matched.command)) return;
      if (runCommand(matched.command)) event.preventDefault();
    };
    addEventListener("keydown", press);
    return () => {
      clearTimeout(forget);
      removeEventListener("keydown", press);
    };
  }, []);
}

/** What stands over the page; what is just fading away is no longer there. */
const openLayers = ["dialog", "menu", "listbox"]
  .map((role) => `[role=${role}]:not([data-closed], [data-closed] *)`)
  .join();

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("input, textarea, select"))
  );
}

/** A dialog, a menu or a control that has a use of its own for the key comes first. */
function isElsewhere(event: KeyboardEvent, command: string): boolean {
  if (document.querySelector(openLayers)) return true;
  if (!listCommands.has(command) || event.key.length === 1) return false;
  const { target } = event;
  if (!(target instanceof HTMLElement)) return false;
  if (event.key === "Enter") return target.matches("a, button, summary");
  return target.matches("[role=tab], section");
}
