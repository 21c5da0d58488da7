import { MoonStar } from "lucide-react";
import { call } from "../data/api.ts";
import { changeTo } from "../data/session.ts";
import { roleName } from "../features/sign-in/words.ts";
import { MenuChoice, MenuItem, MenuLine } from "../ui/menu.tsx";
import { showToast } from "../ui/toaster.tsx";
import { words } from "./words.ts";

interface Props {
  readonly demo: {
    readonly password: string;
    readonly accounts: readonly {
      readonly name: string;
      readonly email: string;
      readonly role: string;
    }[];
  };
  /** Who is signed in now. */
  readonly me: string;
  readonly mayStartEvening: boolean;
}

/** What the demo can do: be somebody else in one step, and become busy. */
export function DemoMenu({ demo, me, mayStartEvening }: Props) {
  const current = demo.accounts.find(({ name }) => name === me)?.email ?? "";
  const choices = demo.accounts.map(({ name, email, role }) => ({
    value: email,
    label: words.account(roleName(role), name),
  }));
  const be = async (email: string) => {
    if (email === current) return;
    try {
      await changeTo({ email, password: demo.password });
      location.replace("/");
    } catch {
      showToast({ text: words.notSwitched });
    }
  };
  return (
    <>
      <MenuChoice<string>
        label={words.switchRole}
        value={current}
        choices={choices}
        onChoose={(email) => void be(email)}
      />
      {mayStartEvening && (
        <>
          <MenuLine />
          <MenuItem
            onClick={() => void startEvening()}
            icon={<MoonStar size={16} strokeWidth={1.6} aria-hidden="true" />}
          >
            {words.evening}
          </MenuItem>
        </>
      )}
    </>
  );
}

/** Has guests text and a colleague answer, for whoever wants to see the inbox at work. */
async function startEvening(): Promise<void> {
  try {
    const { texts, lastsMs } = await call("startEvening", {});
    showToast({ text: words.eveningBegan(texts, Math.max(1, Math.round(lastsMs / 60_000))) });
  } catch {
    showToast({ text: words.eveningNotBegan });
  }
}
