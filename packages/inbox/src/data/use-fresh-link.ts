import type { Attachment } from "@foyer/contract";
import { useState } from "react";
import { freshAttachment } from "./uploads.ts";
import { useWorkplace } from "./workplace.ts";

/** A link that works, as far as is known. */
export interface FreshLink {
  readonly url: string | null;
  /** Another number for each attempt: a picture of the same link is loaded anew. */
  readonly attempt: number;
  /** It did not load: a fresh link is asked for, once. */
  readonly onError: () => void;
  /** A fresh link did not help either. */
  readonly isLost: boolean;
  readonly tryAgain: () => void;
}

interface State {
  /** Null: the link that came with the attachment. */
  readonly fresh: string | null;
  readonly attempt: number;
  readonly phase: "first" | "asking" | "fresh" | "lost";
}

/** Links are short-lived: a screen that was open for long asks for a new one when it needs it. */
export function useFreshLink(attachment: Attachment): FreshLink {
  const { property } = useWorkplace();
  const [state, setState] = useState<State>({ fresh: null, attempt: 0, phase: "first" });
  const ask = async () => {
    setState((now) => ({ ...now, phase: "asking" }));
    try {
      const { url } = await freshAttachment(property.id, attachment.id);
      const phase = url === null ? "lost" : "fresh";
      setState(({ attempt }) => ({ fresh: url, attempt: attempt + 1, phase }));
    } catch {
      setState((now) => ({ ...now, phase: "lost" }));
    }
  };
  const lose = () => setState((now) => ({ ...now, phase: "lost" }));
  return {
    url: state.fresh ?? attachment.url,
    attempt: state.attempt,
    onError: () => (state.phase === "first" ? void ask() : lose()),
    isLost: state.phase === "lost",
    tryAgain: () => void ask(),
  };
}
