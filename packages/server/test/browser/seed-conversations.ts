import { openChannels } from "../../src/modules/channels/index.ts";
import type { OpenHouse } from "./open-house.ts";

/** A transaction appends at most 200 changes; a guest's first text appends two. */
const textsPerTransaction = 90;
/** The first of a range of ten thousand numbers that is kept free for fiction (ARCEP). */
const firstNumber = 33_639_980_000;

/** Has so many guests text once each, by the same notice that channels give. */
export async function seedConversations({ assembly, demo }: OpenHouse, count: number) {
  const { tenantId, propertyId } = demo;
  const scope = await assembly.openScope(tenantId);
  const [channel] = await openChannels(scope, propertyId);
  if (!channel) throw new Error("The demo has no channel");
  for (let from = 0; from < count; from += textsPerTransaction) {
    const to = Math.min(count, from + textsPerTransaction);
    await scope.transact(async (unit) => {
      for (let index = from; index < to; index += 1) {
        await unit.notify({
          name: "message.arrived",
          propertyId,
          channelId: channel.id,
          from: { kind: "phone", value: `+${firstNumber + index}` },
          text: `Question ${index} about the room`,
          providerId: `seed ${index}`,
          occurredAt: unit.now,
          media: [],
          word: null,
        });
      }
    });
  }
}
