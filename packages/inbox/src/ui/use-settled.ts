import { useEffect, useState } from "react";

const settledAfterMs = 150;

/** What was typed last, once nothing more is typed: what is asked of the server. */
export function useSettled(typed: string): string {
  const [settled, setSettled] = useState(typed);
  useEffect(() => {
    const settle = setTimeout(() => setSettled(typed), settledAfterMs);
    return () => clearTimeout(settle);
  }, [typed]);
  return settled;
}
