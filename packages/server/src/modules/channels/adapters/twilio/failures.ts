import type { FailureCode } from "@foyer/contract";

/**
 * Twilio's error codes in our words: those of an answer (2…, 1…) and those of a report (3…). A
 * code that is not here is `unknown` in a report and `refused_by_carrier` in an answer.
 */
const failures = new Map<number, FailureCode>([
  [20003, "channel_misconfigured"],
  [20005, "channel_misconfigured"],
  [20404, "channel_misconfigured"],
  [21211, "invalid_number"],
  [21212, "channel_misconfigured"],
  [21265, "invalid_number"],
  [21266, "invalid_number"],
  [21408, "refused_by_carrier"],
  [21601, "channel_misconfigured"],
  [21603, "channel_misconfigured"],
  [21606, "channel_misconfigured"],
  [21608, "channel_misconfigured"],
  [21610, "opted_out"],
  [21612, "refused_by_carrier"],
  [21614, "not_a_mobile"],
  [21620, "attachment_refused"],
  [21623, "attachment_refused"],
  [21635, "not_a_mobile"],
  [21659, "channel_misconfigured"],
  [21660, "channel_misconfigured"],
  [21661, "channel_misconfigured"],
  [11751, "attachment_refused"],
  [12300, "attachment_refused"],
  [30001, "carrier_unavailable"],
  [30002, "channel_misconfigured"],
  [30003, "unreachable"],
  [30004, "blocked_by_recipient"],
  [30005, "invalid_number"],
  [30006, "not_a_mobile"],
  [30007, "filtered_by_carrier"],
  [30008, "unknown"],
  [30010, "refused_by_carrier"],
  [30011, "attachment_refused"],
  [30019, "attachment_refused"],
  [30032, "channel_misconfigured"],
  [30034, "channel_misconfigured"],
  [63019, "attachment_refused"],
]);

/** Why the provider says a message failed; `unknown` for no code, and one of next year. */
export function failureOfReport(code: string | undefined): FailureCode {
  return failures.get(Number(code)) ?? "unknown";
}

/** Why an answer says no. Without a known code its status tells whose fault it is. */
export function failureOfAnswer(status: number, code: number | undefined): FailureCode {
  const isAccount = status === 401 || status === 403 || status === 404;
  return failures.get(code ?? 0) ?? (isAccount ? "channel_misconfigured" : "refused_by_carrier");
}
