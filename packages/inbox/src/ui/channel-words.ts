import type { Channel } from "@foyer/contract";

/** How a channel is called on screen. */
export const mediumWords: Record<Channel["medium"], string> = { sms: "SMS" };
