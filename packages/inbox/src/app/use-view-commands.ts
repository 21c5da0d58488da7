import type { View } from "@foyer/contract";
import { useNavigate } from "@tanstack/react-router";
import { useWorkplace } from "../data/workplace.ts";
import { useCommand } from "../ui/use-command.ts";

/** Goes to a view from anywhere. */
export function useViewCommands(): void {
  const { property } = useWorkplace();
  const navigate = useNavigate();
  const go = (view: View) => () => {
    const params = { propertyId: property.id, view };
    void navigate({ to: "/p/$propertyId/$view", params, search: {} });
  };
  useCommand("go.mine", go("mine"));
  useCommand("go.unassigned", go("unassigned"));
  useCommand("go.all", go("all"));
  useCommand("go.closed", go("closed"));
}
