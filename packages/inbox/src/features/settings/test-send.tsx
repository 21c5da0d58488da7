import type { ChannelId } from "@foyer/contract";
import { type FormEvent, useState } from "react";
import { refusalCodeOf } from "../../data/api.ts";
import { testChannel } from "../../data/channels.ts";
import { useWorkplace } from "../../data/workplace.ts";
import { Button } from "../../ui/button.tsx";
import { TextField } from "../../ui/form.tsx";
import { whyRefused } from "../../ui/words.ts";
import channelStyles from "./channel.module.css";
import { Part } from "./channel-part.tsx";
import { outcomeWords, channelWords as words } from "./channel-words.ts";

/** One text to a number of one's own, and what came of it in words. */
export function TestSend({ channelId }: { readonly channelId: ChannelId }) {
  const { property } = useWorkplace();
  const [to, setTo] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [outcome, setOutcome] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (isBusy) return;
    setOutcome(null);
    if (to.trim() === "") return setProblem(words.testMissing);
    setBusy(true);
    try {
      setOutcome(outcomeWords(await testChannel(property.id, channelId, to.trim())));
    } catch (error) {
      setProblem(whyRefused(refusalCodeOf(error)));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Part title={words.test}>
      <p className={channelStyles.about}>{words.testText}</p>
      <form className={channelStyles.test} onSubmit={(event) => void send(event)} noValidate>
        <TextField
          label={words.testTo}
          inputMode="tel"
          value={to}
          problem={problem}
          onValue={(typed) => {
            setTo(typed);
            setProblem(null);
          }}
        />
        <Button type="submit" aria-disabled={isBusy}>
          {isBusy ? words.testSending : words.testSend}
        </Button>
      </form>
      <p role="status">{outcome}</p>
    </Part>
  );
}
