import type { SessionId } from "@foyer/contract";
import { useQuery } from "@tanstack/react-query";
import { Monitor, Smartphone } from "lucide-react";
import { call } from "../../data/api.ts";
import { keys } from "../../data/keys.ts";
import { useWorkplace } from "../../data/workplace.ts";
import { Button } from "../../ui/button.tsx";
import { Sheet } from "../../ui/sheet.tsx";
import { Bone, PaneState } from "../../ui/state.tsx";
import { fullTime } from "../../ui/times.ts";
import { showToast } from "../../ui/toaster.tsx";
import { useNow } from "../../ui/use-now.ts";
import { tryAgainWords } from "../../ui/words.ts";
import styles from "./account.module.css";
import { deviceName } from "./model.ts";
import { words } from "./words.ts";

/** Where I am signed in, and the way to end it there. */
export function SessionsDialog({ onClose }: { readonly onClose: () => void }) {
  const { property } = useWorkplace();
  const now = useNow();
  const query = useQuery({
    queryKey: keys.sessions,
    queryFn: ({ signal }) => call("listSessions", {}, signal),
    staleTime: 0,
  });
  const revoke = async (sessionId: SessionId) => {
    try {
      await call("revokeSession", { sessionId });
      showToast({ text: words.revoked });
    } catch {
      showToast({ text: words.notRevoked });
    }
    void query.refetch();
  };
  return (
    <Sheet isOpen onClose={onClose} title={words.sessions} hasHead className={styles.dialog}>
      <ul className={styles.sessions}>
        {query.isPending && <Bone className={styles.bone} />}
        {query.isError && (
          <PaneState
            text={words.sessionsError}
            action={{ label: tryAgainWords, run: () => void query.refetch() }}
          />
        )}
        {query.data?.items.map(({ id, device, isThisOne, lastSeenAt }) => (
          <li key={id} className={styles.session}>
            <DeviceIcon device={device} />
            <span className={styles.device}>
              {deviceName(device, words.unknownDevice)}
              <small>
                {isThisOne
                  ? words.thisOne
                  : words.lastSeen(fullTime(Date.parse(lastSeenAt), now, property.timeZone))}
              </small>
            </span>
            {!isThisOne && <Button onClick={() => void revoke(id)}>{words.revoke}</Button>}
          </li>
        ))}
      </ul>
    </Sheet>
  );
}

function DeviceIcon({ device }: { readonly device: string }) {
  const Icon = /iPhone|Android|iPad|mobile/i.test(device) ? Smartphone : Monitor;
  return <Icon size={20} strokeWidth={1.6} aria-hidden="true" />;
}
