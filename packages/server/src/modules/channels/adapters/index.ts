import type { ChannelAdapter, ChannelKind } from "../ports.ts";
import { type CarrierUrl, simulatorAdapter } from "./simulator.ts";

export type Adapters = Readonly<Record<ChannelKind, ChannelAdapter>>;

/** Every kind of channel there is. A new one is added here. */
export function createAdapters(options: { readonly simulatorUrl: CarrierUrl }): Adapters {
  return { simulator: simulatorAdapter(options.simulatorUrl) };
}
