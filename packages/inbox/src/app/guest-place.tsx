import type { ConversationId } from "@foyer/contract";
import { useQuery } from "@tanstack/react-query";
import { Suspense } from "react";
import { useChannels } from "../data/people.ts";
import { dockPhone, phoneDock } from "../data/phone-dock.ts";
import { installationOptions } from "../data/session.ts";
import { detailOptions } from "../data/threads.ts";
import { useWorkplace } from "../data/workplace.ts";
import { phoneNumberOf } from "../features/phone/model.ts";
import { useStore } from "../store/use-store.ts";
import { lazyPart } from "../ui/lazy-part.ts";

const { Part: ContactPane } = lazyPart(
  async () => (await import("../features/contact/contact-pane.tsx")).ContactPane,
);
const { Part: DockedPhone } = lazyPart(
  async () => (await import("../features/phone/docked-phone.tsx")).DockedPhone,
);

/** Who the guest is; in the demo also the guest's phone, which stays while conversations change. */
export function GuestPlace({ id }: { readonly id: ConversationId | null }) {
  const { session, property } = useWorkplace();
  const isDemo = session.tenant.isDemo;
  const installation = useQuery({ ...installationOptions, enabled: isDemo }).data;
  const path = isDemo ? installation?.demo?.simulatorPath : undefined;
  const isDocked = useStore(phoneDock) && path !== undefined;
  const channels = useChannels(property.id);
  const detail = useDetail(id);
  if (isDocked) {
    const channel = detail && channels.get(detail.conversation.channelId);
    const phone = { guest: phoneNumberOf(detail?.contact), hotel: channel?.address ?? null };
    return (
      <Suspense>
        <DockedPhone path={path} phone={phone} onUndock={() => dockPhone(false)} />
      </Suspense>
    );
  }
  if (id === null) return null;
  return (
    <Suspense>
      <ContactPane key={id} id={id} onPhone={path ? () => dockPhone(true) : undefined} />
    </Suspense>
  );
}

function useDetail(id: ConversationId | null) {
  const { property } = useWorkplace();
  const nobody = "" as ConversationId;
  return useQuery({ ...detailOptions(property.id, id ?? nobody), enabled: id !== null }).data;
}
