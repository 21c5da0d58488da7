/** Every limit of the simulator, by name. Durations are milliseconds. */

/** Longest text in UTF-16 code units, so that the page's `maxlength` counts the same. */
export const textCharsMax = 1_600;
export const nameCharsMax = 80;
export const referenceCharsMax = 128;
export const idempotencyKeyCharsMax = 128;
export const tokenCharsMax = 64;
/** A send names up to ten links; a text is far below. */
export const bodyBytesMax = 64 * 1024;

/** One picture or file; what carriers take of a phone. */
export const mediaBytesMax = 5 * 1024 * 1024;
export const mediaPerMessageMax = 10;
export const mediaUrlCharsMax = 2_048;
export const mediaNameCharsMax = 200;
/** A picture that is larger than this when it is unpacked is not taken. */
export const mediaPixelsMax = 50_000_000;
/** What the carrier keeps of all pictures and files together; the oldest go first. */
export const mediaKeptBytesMax = 128 * 1024 * 1024;
/** Pictures that were chosen on a phone and not sent yet. */
export const mediaUnsentMax = 64;
export const mediaFetchTimeoutMs = 10_000;
export const mediaFetchTriesMax = 3;
export const mediaFetchRetryMs = 2_000;
export const cardFieldCharsMax = 120;

export const playTextsMax = 500;
export const playsMax = 4;
export const playAfterMsMax = 60 * 60_000;

export const accountsMax = 50;
export const guestsMax = 1_000;
/** What a phone keeps; older messages are forgotten. */
export const messagesPerGuestMax = 200;
/** What a phone keeps when nothing of it has come to its end. */
export const unsettledPerGuestMax = 2_000;
export const messagesMax = 20_000;
export const sentKeptMax = 10_000;
export const answersKeptMax = 10_000;
export const lookUpMax = 100;

export const deliveriesPerAccountMax = 5_000;
export const deliveriesInFlightMax = 8;
export const deliveryTimeoutMs = 10_000;
export const deliveryTriesMax = 12;
export const redeliveryFirstMs = 500;
export const redeliveryLongestMs = 30_000;

/** How long the network takes over a message to a guest, so that a demo looks like one. */
export const paceSentMs = 250;
export const paceDeliveredMs = 600;

export const rateLimitRetryAfterSeconds = 1;
export const heldRequestsMax = 64;
export const streamClientsMax = 32;
export const streamBufferBytesMax = 1024 * 1024;
export const streamHeartbeatMs = 20_000;
export const guestsListedMax = 200;
