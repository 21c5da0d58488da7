import type { ChannelId } from "@foyer/contract";
import { useRef } from "react";
import { connectTwilio, type TwilioAccount } from "../../data/channels.ts";
import { useWorkplace } from "../../data/workplace.ts";
import { TextField } from "../../ui/form.tsx";
import { showToast } from "../../ui/toaster.tsx";
import { whyNotAccountSid, whyNotNumber, whyNotToken } from "./channel-model.ts";
import { channelWords as words } from "./channel-words.ts";
import type { Source } from "./form.ts";
import { EditForm, SectionHead, useGo } from "./section-parts.tsx";
import styles from "./settings.module.css";
import { UnsavedGuard } from "./unsaved-guard.tsx";
import { useForm } from "./use-form.ts";

interface Values extends TwilioAccount {
  readonly address: string;
}

const nothing: Source<Values> = {
  version: 0,
  values: { address: "", accountSid: "", authToken: "" },
};

/** Connects a number of a provider's account; the webhooks are shown right after. */
export function ConnectTwilio() {
  const { property } = useWorkplace();
  const go = useGo();
  const made = useRef<ChannelId>(undefined);
  const form = useForm<Values>({
    source: nothing,
    check: ({ address, accountSid, authToken }) => ({
      address: whyNotNumber(address),
      accountSid: whyNotAccountSid(accountSid),
      authToken: whyNotToken(authToken, false),
    }),
    save: async ({ address, accountSid, authToken }) => {
      const account = { accountSid: accountSid.trim(), authToken: authToken.trim() };
      made.current = await connectTwilio(property.id, address.trim(), account);
      return nothing;
    },
    refusedAt: { "channel.address_invalid": "address", "channel.address_taken": "address" },
    onSaved: () => {
      showToast({ text: words.connected });
      go("channels", made.current);
    },
  });
  return (
    <>
      <SectionHead section="channels" title={words.connect} />
      <div className={styles.body}>
        <EditForm form={form} isNew save={words.connectIt} onCancel={() => go("channels")}>
          <TextField
            label={words.number}
            hint={words.numberHint}
            inputMode="tel"
            value={form.values.address}
            problem={form.problems.address}
            onValue={(address) => form.set({ address })}
            autoFocus
          />
          <TextField
            label={words.accountSid}
            hint={words.accountSidHint}
            spellCheck={false}
            value={form.values.accountSid}
            problem={form.problems.accountSid}
            onValue={(accountSid) => form.set({ accountSid })}
          />
          <TextField
            label={words.token}
            hint={words.tokenHint}
            type="password"
            autoComplete="new-password"
            value={form.values.authToken}
            problem={form.problems.authToken}
            onValue={(authToken) => form.set({ authToken })}
          />
          <UnsavedGuard isDirty={form.isDirtyNow} />
        </EditForm>
      </div>
    </>
  );
}
