import type { Contact } from "@foyer/contract";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ChevronDown, Smartphone } from "lucide-react";
import { installationOptions } from "../data/session.ts";
import { useWorkplace } from "../data/workplace.ts";
import { LazyMenu } from "../ui/lazy-menu.tsx";
import { lazyPart } from "../ui/lazy-part.ts";
import styles from "./frame.module.css";
import { words } from "./words.ts";

const { Part: DemoMenu } = lazyPart(async () => (await import("./demo-menu.tsx")).DemoMenu);

/** Marks the demo on every page: its other roles, a busy evening, the guest's side, the way out. */
export function DemoMark({ contact }: { readonly contact?: Contact | undefined }) {
  const { session, may } = useWorkplace();
  const { data } = useQuery({ ...installationOptions, enabled: session.tenant.isDemo });
  if (!session.tenant.isDemo) return null;
  const number = contact?.addresses.find(
    ({ kind, until }) => kind === "phone" && until === null,
  )?.value;
  const guest = number ? `?guest=${encodeURIComponent(number)}` : "";
  const demo = data?.demo;
  return (
    <aside className={styles.demo} aria-label={words.demo}>
      {demo ? (
        <LazyMenu
          side="top"
          align="end"
          trigger={
            <button type="button" title={words.demoMenu}>
              {words.demo}
              <ChevronDown size={14} strokeWidth={1.6} aria-hidden="true" />
            </button>
          }
        >
          {() => (
            <DemoMenu
              demo={demo}
              me={session.agent.name}
              mayStartEvening={may("conversation.reply")}
            />
          )}
        </LazyMenu>
      ) : (
        <span>{words.demo}</span>
      )}
      {demo && (
        <a href={demo.simulatorPath + guest} target="_blank" rel="noopener" title={words.phone}>
          <Smartphone size={14} strokeWidth={1.6} aria-hidden="true" />
          <span className={styles.demoPhone}>{words.phone}</span>
        </a>
      )}
      {data?.mayStartHotel && <Link to="/start">{words.ownHotel}</Link>}
    </aside>
  );
}
