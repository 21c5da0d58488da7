import type { Session } from "@foyer/contract";
import { getRouteApi, useNavigate, useRouter } from "@tanstack/react-router";
import { useEffect } from "react";
import { beginSession } from "../data/session.ts";
import { SignInPage } from "../features/sign-in/sign-in-page.tsx";
import { words } from "./words.ts";

const route = getRouteApi("/sign-in");

/** Signs in and goes where somebody wanted to go. */
export function SignInScreen() {
  const { next, ended } = route.useSearch();
  const navigate = useNavigate();
  const router = useRouter();
  useEffect(() => {
    document.title = words.signIn;
  }, []);
  const enter = (session: Session) => {
    beginSession(session);
    if (next) router.history.replace(next);
    else void navigate({ to: "/", replace: true });
  };
  return <SignInPage onSignedIn={enter} wasEnded={ended === true} />;
}
