import { useNavigate } from "@tanstack/react-router";
import { Suspense, useState } from "react";
import { useWorkplace } from "../data/workplace.ts";
import { lazyPart } from "../ui/lazy-part.ts";
import { useCommand } from "../ui/use-command.ts";

const { Part: NewMessageDialog } = lazyPart(
  async () => (await import("../features/new-message/new-message-dialog.tsx")).NewMessageDialog,
);

/** The dialog that writes to a guest first, over any screen; what it began opens afterwards. */
export function NewMessagePlace() {
  const { property, me, may } = useWorkplace();
  const [isOpen, setOpen] = useState(false);
  const [wasAsked, setAsked] = useState(false);
  const navigate = useNavigate();
  useCommand("message.new", () => {
    if (!may("conversation.start")) return;
    setAsked(true);
    setOpen(true);
  });
  if (!wasAsked) return null;
  return (
    <Suspense>
      <NewMessageDialog
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        onSent={({ id, assignee }) => {
          const isMine = assignee !== null && "agentId" in assignee && assignee.agentId === me;
          void navigate({
            to: "/p/$propertyId/$view",
            params: { propertyId: property.id, view: isMine ? "mine" : "all" },
            search: { c: id },
          });
        }}
      />
    </Suspense>
  );
}
