import type { ChannelAdapter, ChannelKind } from "../ports.ts";
import { type CarrierUrl, simulatorAdapter } from "./simulator.ts";
import { type TwilioOptions, twilioAdapter } from "./twilio/adapter.ts";

export type Adapters = Readonly<Record<ChannelKind, ChannelAdapter>>;

export interface AdapterOptions {
  readonly simulatorUrl: CarrierUrl;
  readonly twilio: TwilioOptions;
}

/** Every kind of channel there is. A new one is added here. */
export function createAdapters(options: AdapterOptions): Adapters {
  return {
    simulator: simulatorAdapter(options.simulatorUrl),
    twilio: twilioAdapter(options.twilio),
  };
}
