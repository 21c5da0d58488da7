import { type ChannelSettings, type TwilioAccount, updateTwilio } from "../../data/channels.ts";
import { useWorkplace } from "../../data/workplace.ts";
import { TextField } from "../../ui/form.tsx";
import { showToast } from "../../ui/toaster.tsx";
import { whyNotAccountSid, whyNotToken } from "./channel-model.ts";
import { Part } from "./channel-part.tsx";
import { channelWords as words } from "./channel-words.ts";
import type { Source } from "./form.ts";
import { EditForm } from "./section-parts.tsx";
import { UnsavedGuard } from "./unsaved-guard.tsx";
import { useForm } from "./use-form.ts";

function sourceOf({ version, accountSid }: ChannelSettings): Source<TwilioAccount> {
  return { version, values: { accountSid: accountSid ?? "", authToken: "" } };
}

/** The account that a number speaks with. Its token is never shown, only replaced. */
export function TwilioAccountForm({ settings }: { readonly settings: ChannelSettings }) {
  const { property } = useWorkplace();
  const form = useForm<TwilioAccount>({
    source: sourceOf(settings),
    check: ({ accountSid, authToken }) => ({
      accountSid: whyNotAccountSid(accountSid),
      authToken: whyNotToken(authToken, true),
    }),
    save: async ({ accountSid, authToken }, version) => {
      const account = { accountSid: accountSid.trim(), authToken: authToken.trim() };
      return sourceOf(await updateTwilio(property.id, settings.channel.id, version, account));
    },
    onSaved: () => showToast({ text: words.changed }),
  });
  return (
    <Part title={words.change}>
      <EditForm form={form}>
        <TextField
          label={words.accountSid}
          hint={words.accountSidHint}
          spellCheck={false}
          value={form.values.accountSid}
          problem={form.problems.accountSid}
          onValue={(accountSid) => form.set({ accountSid })}
        />
        <TextField
          label={words.tokenNew}
          hint={words.tokenNewHint}
          type="password"
          autoComplete="new-password"
          value={form.values.authToken}
          problem={form.problems.authToken}
          onValue={(authToken) => form.set({ authToken })}
        />
        <UnsavedGuard isDirty={form.isDirtyNow} />
      </EditForm>
    </Part>
  );
}
