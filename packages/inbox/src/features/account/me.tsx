import { Suspense, useState } from "react";
import { connection } from "../../data/live/connection.ts";
import { outbox } from "../../data/outbox-sender.ts";
import { signOut } from "../../data/session.ts";
import { useWorkplace } from "../../data/workplace.ts";
import { useStore } from "../../store/use-store.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { cx } from "../../ui/class-names.ts";
import { LazyMenu } from "../../ui/lazy-menu.tsx";
import { lazyPart } from "../../ui/lazy-part.ts";
import { showToast } from "../../ui/toaster.tsx";
import styles from "./account.module.css";
import { words } from "./words.ts";

const { Part: MeMenu } = lazyPart(async () => (await import("./me-menu.tsx")).MeMenu);
const { Part: SessionsDialog } = lazyPart(
  async () => (await import("./sessions-dialog.tsx")).SessionsDialog,
);
const { Part: UnsentDialog } = lazyPart(
  async () => (await import("./unsent-dialog.tsx")).UnsentDialog,
);

/** Me, at the foot of the rail, and what is mine: theme, sessions, signing out. */
export function Me() {
  const { session } = useWorkplace();
  const isConnected = useStore(connection, (line) => line.isConnected);
  const [shown, setShown] = useState<"sessions" | "unsent" | null>(null);
  const leave = () => {
    if (outbox.get().length > 0) setShown("unsent");
    else void signOutOrTell();
  };
  const line = isConnected ? words.connected : words.cut;
  return (
    <>
      <LazyMenu
        side="top"
        trigger={
          <button type="button" className={styles.me}>
            <Avatar name={session.agent.name} isOwn />
            <span className={styles.name}>{session.agent.name}</span>
            <span className="unseen">{words.account}</span>
            <i className={cx(styles.line, isConnected && styles.isConnected)} title={line} />
          </button>
        }
      >
        {() => <MeMenu onSessions={() => setShown("sessions")} onSignOut={leave} />}
      </LazyMenu>
      <Suspense>
        {shown === "sessions" && <SessionsDialog onClose={() => setShown(null)} />}
        {shown === "unsent" && (
          <UnsentDialog onClose={() => setShown(null)} onSignOut={() => void signOutOrTell()} />
        )}
      </Suspense>
    </>
  );
}

async function signOutOrTell(): Promise<void> {
  try {
    await signOut();
  } catch {
    showToast({ text: words.notSignedOut });
  }
}
