import type { ChannelId } from "@foyer/contract";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Copy, TriangleAlert } from "lucide-react";
import { useId } from "react";
import { refusalCodeOf } from "../../data/api.ts";
import { type ChannelSettings, channelSettingsOptions, endChannel } from "../../data/channels.ts";
import { useWorkplace } from "../../data/workplace.ts";
import { Button } from "../../ui/button.tsx";
import { deliveryFailure, deliveryKinds, deliveryStates } from "../../ui/delivery-words.ts";
import { fullTime } from "../../ui/times.ts";
import { showToast } from "../../ui/toaster.tsx";
import { useNow } from "../../ui/use-now.ts";
import channelStyles from "./channel.module.css";
import { Part } from "./channel-part.tsx";
import { channelWords as words } from "./channel-words.ts";
import { RetireButton } from "./retire-button.tsx";
import { Gone, Loaded, SectionHead, useGo } from "./section-parts.tsx";
import styles from "./settings.module.css";
import { TestSend } from "./test-send.tsx";
import { TwilioAccountForm } from "./twilio-account-form.tsx";

/** How one number is set up, and whether it works. */
export function ChannelPage({ id }: { readonly id: ChannelId }) {
  const { property } = useWorkplace();
  const query = useQuery(channelSettingsOptions(property.id, id));
  const isGone = refusalCodeOf(query.error) === "resource.not_found";
  const { data } = query;
  return (
    <>
      <SectionHead section="channels" title={data?.channel.formatted ?? ""}>
        {data && <Disconnect settings={data} />}
      </SectionHead>
      <div className={styles.body}>
        {isGone ? (
          <Gone section="channels" />
        ) : (
          <Loaded query={query}>{(settings) => <Parts settings={settings} />}</Loaded>
        )}
      </div>
    </>
  );
}

function Parts({ settings }: { readonly settings: ChannelSettings }) {
  const isSimulator = settings.channel.kind === "simulator";
  return (
    <div className={channelStyles.parts}>
      {isSimulator ? (
        <p className={channelStyles.about}>{words.simulatorText}</p>
      ) : (
        <Webhooks settings={settings} />
      )}
      <LastDelivery settings={settings} />
      <TestSend channelId={settings.channel.id} />
      {!isSimulator && <TwilioAccountForm settings={settings} />}
    </div>
  );
}

function Webhooks({ settings }: { readonly settings: ChannelSettings }) {
  const warning = words.reach[settings.reach];
  return (
    <Part title={words.webhooks}>
      {warning !== "" && (
        <p className={channelStyles.warning} role="note">
          <TriangleAlert size={16} strokeWidth={1.6} aria-hidden="true" />
          {warning}
        </p>
      )}
      <p className={channelStyles.about}>{words.webhooksText}</p>
      <Address label={words.inbound} url={settings.inboundUrl} />
      <Address label={words.status} url={settings.statusUrl} />
    </Part>
  );
}

function Address({ label, url }: { readonly label: string; readonly url: string }) {
  const id = useId();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(url);
      showToast({ text: words.copied });
    } catch {
      // Without the right to the clipboard the text can still be selected by hand.
    }
  };
  return (
    <div className={channelStyles.url}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        readOnly
        value={url}
        spellCheck={false}
        onFocus={(event) => event.target.select()}
      />
      <Button isSquare aria-label={words.copy(label)} onClick={() => void copy()}>
        <Copy size={16} strokeWidth={1.6} />
      </Button>
    </div>
  );
}

function LastDelivery({ settings }: { readonly settings: ChannelSettings }) {
  const { property, may } = useWorkplace();
  const now = useNow();
  const last = settings.lastDelivery;
  return (
    <Part title={words.last}>
      <p>
        {last === null ? (
          words.noLast
        ) : (
          <>
            {deliveryKinds[last.kind]},{" "}
            {fullTime(Date.parse(last.receivedAt), now, property.timeZone)}
            {" · "}
            <span className={last.state === "failed" ? channelStyles.bad : undefined}>
              {deliveryStates[last.state]}
            </span>
            {last.failure !== null && `. ${deliveryFailure(last.failure)}.`}
          </>
        )}
      </p>
      {may("delivery.read") && (
        <Link
          to="/p/$propertyId/deliveries"
          params={{ propertyId: property.id }}
          search={{}}
          className={channelStyles.link}
        >
          {words.allDeliveries}
        </Link>
      )}
    </Part>
  );
}

function Disconnect({ settings }: { readonly settings: ChannelSettings }) {
  const { property } = useWorkplace();
  const go = useGo();
  const { id, formatted, kind, isActive } = settings.channel;
  if (kind === "simulator" || !isActive) return null;
  const run = async () => {
    await endChannel(property.id, id);
    showToast({ text: words.disconnected(formatted) });
    go("channels");
  };
  return (
    <RetireButton label={words.disconnect} title={words.disconnectTitle(formatted)} onAct={run}>
      <p>{words.disconnectText}</p>
    </RetireButton>
  );
}
