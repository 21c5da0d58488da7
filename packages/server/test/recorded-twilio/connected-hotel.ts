import { randomBytes, randomUUID } from "node:crypto";
import type { ChannelId, Message } from "@foyer/contract";
import type { PrimaryStore } from "../engines.ts";
import type { Guest } from "../world/guest.ts";
import type { Hotel } from "../world/hotel.ts";
import { World } from "../world/world.ts";
import { type RecordedNumber, RecordedTwilio } from "./recorded-twilio.ts";
import { mintSid, type RecordedMessage } from "./resources.ts";

/** What providers are told, and what a proxy before the server answers to. */
const publicOrigin = "https://inbox.hotel.example";
const monthMs = 30 * 24 * 60 * 60_000;

/** A World whose hotel texts through Twilio: its number is connected as its owner would. */
export class ConnectedHotel {
  readonly world: World;
  readonly hotel: Hotel;
  readonly twilio: RecordedTwilio;
  readonly number: RecordedNumber;
  readonly channelId: ChannelId;

  private constructor(given: {
    readonly world: World;
    readonly hotel: Hotel;
    readonly twilio: RecordedTwilio;
    readonly number: RecordedNumber;
    readonly channelId: ChannelId;
  }) {
    this.world = given.world;
    this.hotel = given.hotel;
    this.twilio = given.twilio;
    this.number = given.number;
    this.channelId = given.channelId;
  }

  static async open(engine: PrimaryStore): Promise<ConnectedHotel> {
    const place = { now: () => 0, url: "" };
    const forward = (url: string) => url.replace(publicOrigin, place.url);
    const twilio = await RecordedTwilio.open({ now: () => place.now(), forward });
    // Providers come back after days; nobody has to sign in again for that.
    const sessionLimits = { idleMs: monthMs, absoluteMs: monthMs };
    const apart = { publicOrigin, twilioApiUrl: twilio.url };
    const world = await World.open({ engine, sessionLimits, ...apart });
    Object.assign(place, { now: world.clock.now, url: world.url });
    const { hotel } = await world.tenant("Aurora");
    const accountSid = mintSid("AC");
    const authToken = randomBytes(16).toString("hex");
    const address = "+13125550199";
    world.log.keepOut(accountSid, authToken);
    const client = await hotel.agent("administrator").client();
    const { propertyId } = hotel;
    const account = { kind: "twilio", address, accountSid, authToken } as const;
    const connected = { propertyId, channelId: randomUUID(), ...account };
    const { channel, inboundUrl } = await client.createChannel(connected);
    const number = twilio.own({ accountSid, authToken, number: address, inboundUrl });
    return new ConnectedHotel({ world, hotel, twilio, number, channelId: channel.id });
  }

  async close(): Promise<void> {
    await this.world.close();
    await this.twilio.close();
  }

  /** A guest who has written to the number. */
  async guestWhoAsked(text = "Until when is the pool open?"): Promise<Guest> {
    const guest = this.hotel.guest();
    this.world.log.keepOut(text);
    await this.twilio.text(guest.number, this.number.number, text);
    await this.world.settle();
    return guest;
  }

  /** Answers a guest; gives what Twilio took of it, once all that follows has happened. */
  async answer(guest: Guest, text = "Until ten tonight."): Promise<RecordedMessage | undefined> {
    await this.hotel.reply(guest, text);
    await this.world.settle();
    return this.twilio.sentTo(guest.number).at(-1);
  }

  /** The newest answer to a guest, as it stands in the conversation. */
  async lastAnswer(guest: Guest): Promise<Message> {
    const entries = await this.hotel.timelineWith(guest);
    const last = entries.findLast(
      (entry) => entry.kind === "message" && entry.direction === "outbound",
    );
    if (last?.kind !== "message") throw new Error("Nobody has answered");
    return last;
  }
}
