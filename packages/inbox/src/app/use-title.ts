import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { countsOptions } from "../data/people.ts";
import { useWorkplace } from "../data/workplace.ts";
import { words } from "./words.ts";

/** Says in the browser's tab how many wait for me, or for anybody. */
export function useTitle(): void {
  const { property } = useWorkplace();
  const counts = useQuery(countsOptions(property.id)).data;
  const waiting = counts ? counts.mine.waiting + counts.unassigned.waiting : 0;
  useEffect(() => {
    document.title = words.title(waiting, property.name);
  }, [waiting, property.name]);
}
