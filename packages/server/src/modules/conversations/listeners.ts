import type { NoticeListeners } from "../../platform/scope/index.ts";
import { releaseFromAgent, releaseFromTeam } from "./hand-over.ts";
import { hearOfAttachment } from "./hear-of-attachment.ts";
import { tellOfContact, writeOfContact } from "./hear-of-contact.ts";
import { receiveMessage } from "./receive-message.ts";
import { receiveStatus } from "./receive-status.ts";

/** What earlier modules say, and what conversations make of it. */
export const conversationListeners: NoticeListeners = {
  "message.arrived": [receiveMessage],
  "status.arrived": [receiveStatus],
  "attachment.settled": [hearOfAttachment],
  "contact.changed": [tellOfContact],
  "contact.told": [writeOfContact],
  "agent.left": [releaseFromAgent],
  "team.ended": [releaseFromTeam],
};
