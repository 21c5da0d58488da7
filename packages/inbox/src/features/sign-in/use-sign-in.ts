import type { Session, TenantId } from "@foyer/contract";
import { useState } from "react";
import { call } from "../../data/api.ts";
import { type Problem, problemOf } from "./model.ts";

export interface Credentials {
  readonly email: string;
  readonly password: string;
}

interface Choice extends Credentials {
  readonly tenants: readonly { readonly id: TenantId; readonly name: string }[];
}

/** The steps of signing in: credentials, then, where they open several tenants, which one. */
export function useSignIn(onSignedIn: (session: Session) => void) {
  const [problem, setProblem] = useState<Problem | null>(null);
  const [choice, setChoice] = useState<Choice | null>(null);
  const [isBusy, setBusy] = useState(false);

  const signIn = async (credentials: Credentials, tenantId?: TenantId) => {
    setBusy(true);
    setProblem(null);
    try {
      const { email, password } = credentials;
      const answer = await call("signIn", { email, password, ...(tenantId ? { tenantId } : {}) });
      if (answer.result === "signed_in") onSignedIn(answer.session);
      else setChoice({ ...credentials, tenants: answer.tenants });
    } catch (error) {
      setProblem(problemOf(error, Date.now()));
    } finally {
      setBusy(false);
    }
  };
  return { problem, choice, isBusy, signIn, startOver: () => setChoice(null), setProblem };
}
