/** The carrier's line: guests' texts, signed, over connections that are kept open. */
import { randomUUID } from "node:crypto";
import { Pool } from "undici";
import { signDelivery } from "../../packages/simulator/src/index.ts";
import { floorPath, guestNumber, type House } from "./setting.ts";

/** Texts on their way at once: two groups' worth, so that one fills while the other commits. */
const connections = 128;

/** Something that takes texts: the house, or the floor. */
export interface Line {
  /** Brings one text; resolves when it is acknowledged, throws where it is not. */
  text(guest: number, text: string): Promise<void>;
  close(): Promise<void>;
}

export function lineToHouse(house: House): Line {
  return lineTo(house, house.url, `/services/channels/${house.channelKey}/inbound`);
}

/** The same bytes, to whoever does nothing but write. */
export function lineToFloor(house: House, url: string): Line {
  return lineTo(house, url, floorPath);
}

function lineTo(house: House, url: string, path: string): Line {
  const pool = new Pool(url, { connections, pipelining: 1 });
  return {
    text: async (guest, text) => {
      const id = randomUUID();
      const message = { type: "message.received", id, from: guestNumber(guest) };
      const body = JSON.stringify({ ...message, to: house.hotelNumber, text, sentAt: Date.now() });
      const timestamp = Math.floor(Date.now() / 1000);
      const { statusCode, body: answer } = await pool.request({
        method: "POST",
        path,
        headers: {
          "content-type": "application/json",
          "x-carrier-timestamp": String(timestamp),
          "x-carrier-signature": signDelivery(house.signingSecret, timestamp, body),
          "x-carrier-delivery": id,
        },
        body,
      });
      const said = await answer.text();
      if (statusCode !== 200) throw new Error(`A text was answered ${statusCode}: ${said}`);
    },
    close: () => pool.close(),
  };
}
