import { Unreachable } from "@foyer/client";
import { WifiOff } from "lucide-react";
import { PaneState } from "../ui/state.tsx";
import { words } from "./words.ts";

/** Nothing can be shown: one sentence, one action. */
export function BrokenScreen({ error }: { readonly error: unknown }) {
  const text = error instanceof Unreachable ? words.unreachable : words.broken;
  return (
    <PaneState
      isAlert
      icon={<WifiOff size={20} strokeWidth={1.6} />}
      text={text}
      action={{ label: words.reload, run: () => location.reload() }}
    />
  );
}
