import { useEffect, useState } from "react";
import type { Problem } from "./model.ts";
import styles from "./sign-in.module.css";
import { waitWords, words } from "./words.ts";

const tickMs = 1_000;

/** Says what stands in the way, counting down where time does. */
export function ProblemBanner({ problem }: { readonly problem: Problem }) {
  return (
    <div className={styles.banner} role="alert">
      {problem.kind === "too_many" ? <Wait untilMs={problem.untilMs} /> : plainWords[problem.kind]}
    </div>
  );
}

const plainWords = {
  wrong: words.wrong,
  unreachable: words.unreachable,
  failed: words.failed,
};

/** The countdown is not said aloud every second: the alert speaks when it appears. */
function Wait({ untilMs }: { readonly untilMs: number }) {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const ticking = setInterval(() => setNow(Date.now()), tickMs);
    return () => clearInterval(ticking);
  }, []);
  const seconds = Math.max(0, Math.ceil((untilMs - now) / 1000));
  return (
    <span aria-live="off">
      {seconds === 0 ? words.tooManySoon : words.tooMany(waitWords(seconds))}
    </span>
  );
}
