import { useNavigate } from "@tanstack/react-router";
import { Compass } from "lucide-react";
import { PaneState } from "../ui/state.tsx";
import { words } from "./words.ts";

/** An address that leads nowhere: said, with the way back. */
export function NotFoundScreen() {
  const navigate = useNavigate();
  return (
    <PaneState
      isAlert
      icon={<Compass size={20} strokeWidth={1.6} />}
      text={words.notFound}
      action={{ label: words.goOn, run: () => void navigate({ to: "/" }) }}
    />
  );
}
