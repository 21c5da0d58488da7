export { Carrier, type CarrierOptions, createCarrier } from "./carrier.ts";
export type { Clock } from "./clock.ts";
export type { ChanceOfFaults, FaultKind } from "./faults.ts";
export type { PhoneSwitches, TextOptions } from "./handsets.ts";
export type { GivenMedia } from "./media-shelf.ts";
export { freeNumber, isFictionalNumber, type Region } from "./numbers.ts";
export type { PastText } from "./past.ts";
export type { Guest } from "./phones.ts";
export { type PictureName, picture, pictureNames } from "./pictures.ts";
export type { Play, PlayedText } from "./plays.ts";
export { listen, type SimulatorOptions, simulator } from "./plugin.ts";
export {
  type Account,
  CarrierRefusal,
  type MessageReceived,
  type MessageStatus,
  type PhoneRefusal,
  type RefusalCode,
  type SentMessage,
  type SentStatus,
} from "./protocol.ts";
export type { Reaction } from "./reactions.ts";
export { signDelivery } from "./signature.ts";
