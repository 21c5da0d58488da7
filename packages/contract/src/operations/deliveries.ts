import { z } from "zod";
import { idOf } from "../ids.ts";
import { operation } from "../operation.ts";
import { delivery, deliveryState } from "../schemas/conversations.ts";
import { pageNext, pageQuery } from "./page.ts";

export const listDeliveries = operation({
  name: "deliveries.list",
  method: "GET",
  path: "/v1/properties/{propertyId}/deliveries",
  summary: "What providers brought, newest first, with what became of it.",
  right: "delivery.read",
  params: z.object({ propertyId: idOf<"property">() }),
  query: z.object({ state: deliveryState.optional(), ...pageQuery }),
  output: z.object({ items: z.array(delivery), next: pageNext }),
});

export const replayDelivery = operation({
  name: "deliveries.replay",
  method: "POST",
  path: "/v1/deliveries/{deliveryId}/replay",
  summary: "Process a delivery again that was received but not processed.",
  right: "delivery.replay",
  params: z.object({ deliveryId: idOf<"delivery">() }),
  output: z.object({ delivery }),
  refusals: ["delivery.not_replayable"],
});
