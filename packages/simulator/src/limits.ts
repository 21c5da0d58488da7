/** Every limit of the simulator, by name. Durations are milliseconds. */

/** Longest text in UTF-16 code units, so that the page's `maxlength` counts the same. */
export const textCharsMax = 1_600;
export const nameCharsMax = 80;
export const referenceCharsMax = 128;
export const idempotencyKeyCharsMax = 128;
export const tokenCharsMax = 64;
export const bodyBytesMax = 16 * 1024;

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
