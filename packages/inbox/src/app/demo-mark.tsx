import type { Contact } from "@foyer/contract";
import { useQuery } from "@tanstack/react-query";
import { Smartphone } from "lucide-react";
import { installationOptions } from "../data/session.ts";
import { useWorkplace } from "../data/workplace.ts";
import styles from "./frame.module.css";
import { words } from "./words.ts";

/** Marks the demo on every page, and leads to the guest's side of it. */
export function DemoMark({ contact }: { readonly contact?: Contact | undefined }) {
  const { session } = useWorkplace();
  const { data } = useQuery({ ...installationOptions, enabled: session.tenant.isDemo });
  if (!session.tenant.isDemo) return null;
  const number = contact?.addresses.find(({ kind }) => kind === "phone")?.value;
  const guest = number ? `?guest=${encodeURIComponent(number)}` : "";
  return (
    <aside className={styles.demo} aria-label={words.demo}>
      <span>{words.demo}</span>
      {data?.demo && (
        <a href={data.demo.simulatorPath + guest} target="_blank" rel="noopener">
          <Smartphone size={14} strokeWidth={1.6} aria-hidden="true" />
          {words.phone}
        </a>
      )}
    </aside>
  );
}
