import type { Channel, ChannelId } from "@foyer/contract";
import { useQuery } from "@tanstack/react-query";
import { Plus, Smartphone } from "lucide-react";
import { channelsOptions } from "../../data/people.ts";
import { useWorkplace } from "../../data/workplace.ts";
import { Button } from "../../ui/button.tsx";
import { mediumWords } from "../../ui/channel-words.ts";
import channelStyles from "./channel.module.css";
import { ChannelPage } from "./channel-page.tsx";
import { channelWords } from "./channel-words.ts";
import { ConnectTwilio } from "./connect-twilio.tsx";
import { ItemList, ItemRow, Loaded, SectionHead, useGo } from "./section-parts.tsx";
import { mayChange } from "./sections.ts";
import styles from "./settings.module.css";
import type { SectionProps } from "./settings-page.tsx";
import { words } from "./words.ts";

/** The numbers on which guests write. */
export function ChannelsSection({ item }: SectionProps) {
  const { property, may } = useWorkplace();
  const query = useQuery(channelsOptions(property.id));
  const canEdit = mayChange("channels", may);
  const go = useGo();
  if (item === "new" && canEdit) return <ConnectTwilio />;
  if (item !== null && canEdit) return <ChannelPage key={item} id={item as ChannelId} />;
  return (
    <>
      <SectionHead section="channels" isReadOnly={!canEdit}>
        {canEdit && (
          <Button look="primary" onClick={() => go("channels", "new")}>
            <Plus size={16} strokeWidth={1.6} aria-hidden="true" />
            {channelWords.connect}
          </Button>
        )}
      </SectionHead>
      <div className={styles.body}>
        <Loaded query={query}>
          {(channels) => (
            <ItemList
              label={words.sections.channels.label}
              items={activeFirst([...channels.values()])}
              nameOf={({ address, formatted }) => `${formatted} ${address}`}
              empty={channelWords.none}
            >
              {(channel) => (
                <ItemRow
                  icon={<Smartphone size={16} strokeWidth={1.6} />}
                  name={channel.formatted}
                  about={channelWords.about(channelWords.kinds[channel.kind], channel.isActive)}
                  end={
                    channel.kind === "simulator" ? (
                      <span className={channelStyles.mark}>{channelWords.demoMark}</span>
                    ) : (
                      mediumWords[channel.medium]
                    )
                  }
                  onOpen={
                    canEdit && channel.isActive ? () => go("channels", channel.id) : undefined
                  }
                />
              )}
            </ItemList>
          )}
        </Loaded>
      </div>
    </>
  );
}

function activeFirst(channels: readonly Channel[]): Channel[] {
  return [
    ...channels.filter(({ isActive }) => isActive),
    ...channels.filter((one) => !one.isActive),
  ];
}
