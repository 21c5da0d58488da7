import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { call } from "../../data/api.ts";
import { useWorkplace } from "../../data/workplace.ts";

const settleMs = 140;

/** Searches as somebody types, once they pause. What was found before stays until there is more. */
export function useSearch(typed: string) {
  const { property } = useWorkplace();
  const query = useSettled(typed.trim());
  const result = useQuery({
    queryKey: ["search", property.id, query],
    queryFn: ({ signal }) => call("search", { propertyId: property.id, query, limit: 30 }, signal),
    enabled: query !== "",
    // Searches read nothing from the feed: each is asked anew, and forgotten with the dialog.
    staleTime: 0,
    gcTime: 0,
    placeholderData: (before) => (query === "" ? undefined : before),
  });
  return { query, result };
}

function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const settle = setTimeout(() => setSettled(value), value === "" ? 0 : settleMs);
    return () => clearTimeout(settle);
  }, [value]);
  return settled;
}
