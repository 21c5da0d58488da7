export type { PhoneSwitches } from "./carrier.ts";
export { Carrier, type CarrierOptions, createCarrier, type Guest } from "./carrier.ts";
export type { Clock } from "./clock.ts";
export type { ChanceOfFaults, FaultKind } from "./faults.ts";
export { freeNumber, isFictionalNumber, type Region } from "./numbers.ts";
export type { PastText } from "./past.ts";
export { listen, type SimulatorOptions, simulator } from "./plugin.ts";
export {
  type Account,
  CarrierRefusal,
  type MessageReceived,
  type MessageStatus,
  type RefusalCode,
  type SentMessage,
  type SentStatus,
} from "./protocol.ts";
export { signDelivery } from "./signature.ts";
