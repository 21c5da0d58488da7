import { useQuery } from "@tanstack/react-query";
import { Navigate } from "@tanstack/react-router";
import { sessionOptions, signOut } from "../data/session.ts";
import { PaneState } from "../ui/state.tsx";
import { StartingScreen } from "./starting-screen.tsx";
import { words } from "./words.ts";

/** Leads to all that is open at the first property: a guest waits for the whole team. */
export function HomeScreen() {
  const session = useQuery(sessionOptions).data;
  if (session === undefined) return <StartingScreen />;
  if (session === null) return <Navigate to="/sign-in" />;
  const property = session.properties[0];
  if (property) {
    return (
      <Navigate
        to="/p/$propertyId/$view"
        params={{ propertyId: property.id, view: "all" }}
        replace
      />
    );
  }
  const leave = () => void signOut().catch(() => location.reload());
  return <PaneState text={words.noProperty} action={{ label: words.signOut, run: leave }} />;
}
