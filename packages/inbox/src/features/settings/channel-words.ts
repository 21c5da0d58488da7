import type { FailureCode } from "@foyer/contract";
import type { ChannelSettings, TestOutcome } from "../../data/channels.ts";

const failures: Record<FailureCode, string> = {
  unreachable: "The phone cannot be reached.",
  invalid_number: "There is no such number.",
  blocked_by_recipient: "Whoever has that phone blocked this number.",
  refused_by_carrier: "The carrier refused it.",
  carrier_unavailable: "The provider does not answer.",
  channel_misconfigured: "The provider does not accept this account, token or number.",
  opted_out: "That number said STOP to this one.",
  blocked: "That number belongs to a blocked guest.",
  not_a_mobile: "That number takes no texts.",
  filtered_by_carrier: "The carrier held it back as unwanted.",
  attachment_refused: "The carrier refused the attachment.",
  unknown: "The provider did not say why.",
};

export const channelWords = {
  connect: "Connect a number",
  none: "No number is connected yet, so no guest can write.",
  demoMark: "Demo",
  kinds: { simulator: "Guest phone simulator", twilio: "Twilio" },
  ended: "Disconnected",
  about: (kind: string, isActive: boolean) => (isActive ? kind : `${kind} · Disconnected`),
  simulatorText:
    "This number belongs to the simulator beside the inbox. It reaches no real phone, and has nothing to set up.",
  number: "Phone number",
  numberHint: "With its country: +1 312 555 0100. It must be able to send and receive texts.",
  numberMissing: "Type the number.",
  accountSid: "Account SID",
  accountSidHint: "AC and 32 letters and digits, on your provider's console.",
  accountSidWrong: "AC and 32 digits or letters from a to f.",
  token: "Auth token",
  tokenHint: "It is kept encrypted and never shown again.",
  tokenNew: "New auth token",
  tokenNewHint: "Leave it empty to keep the one that is stored.",
  tokenWrong: "An auth token has 16 to 200 characters.",
  connectIt: "Connect number",
  connected: "Connected",
  change: "Account",
  changed: "Account changed",
  webhooks: "Webhooks",
  webhooksText: "Give these two addresses to your provider, both with the method POST.",
  inbound: "A message comes in",
  status: "Status of a message",
  copy: (what: string) => `Copy “${what}”`,
  copied: "Copied",
  reach: {
    reachable: "",
    loopback:
      "No provider can reach this address: it leads to this machine alone. Put Foyer behind a public name with TLS, then come back.",
    private_network:
      "No provider can reach this address: it lies inside your own network. Put Foyer behind a public name with TLS, then come back.",
    not_encrypted:
      "Providers would reach this address without encryption, and Foyer does not answer there. Serve it with TLS, then come back.",
  } satisfies Record<ChannelSettings["reach"], string>,
  last: "Last delivery",
  noLast: "Nothing has come in yet.",
  allDeliveries: "All deliveries",
  test: "Test",
  testText: "Sends one text at once, and says what came of it.",
  testTo: "A number of your own",
  testSend: "Send test",
  testSending: "Sending",
  testMissing: "Type a number.",
  outcome: {
    sent: "Sent. The provider took it; your phone should have it within seconds.",
    queued: "The provider took it and has not sent it yet.",
    uncertain: "Nobody knows whether it was sent: the provider did not answer in time.",
    failed: "Not sent.",
  } satisfies Record<TestOutcome["outcome"], string>,
  providerCode: (code: string) => `The provider calls it ${code}.`,
  disconnect: "Disconnect",
  disconnectTitle: (number: string) => `Disconnect ${number}?`,
  disconnectText:
    "Guests who write to it are no longer heard here, and nothing is sent from it. What was said on it stays.",
  disconnected: (number: string) => `Disconnected ${number}`,
};

/** What came of a test, in sentences. */
export function outcomeWords({ outcome, failure, providerCode }: TestOutcome): string {
  const why = failure === null ? "" : (failures[failure as FailureCode] ?? failures.unknown);
  return [
    channelWords.outcome[outcome],
    why,
    providerCode === null ? "" : channelWords.providerCode(providerCode),
  ]
    .filter(Boolean)
    .join(" ");
}
