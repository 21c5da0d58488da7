import { useEffect, useRef } from "react";
import { type Command, onCommand } from "./commands.ts";

/** Answers a command as long as the component is on screen. */
export function useCommand(command: Command, handler: () => void): void {
  const latest = useRef(handler);
  useEffect(() => {
    latest.current = handler;
  });
  useEffect(() => onCommand(command, () => latest.current()), [command]);
}
