import { cx } from "../../ui/class-names.ts";
import styles from "./sign-in.module.css";

/** The house's own mark. */
export function Brand({ className }: { readonly className?: string | undefined }) {
  return (
    <div className={cx(styles.brand, className)}>
      <img src="/favicon.svg" alt="" />
      Foyer
    </div>
  );
}
