import type { NoticeListeners } from "../../platform/scope/index.ts";
import { receiveMessage } from "./receive-message.ts";
import { receiveStatus } from "./receive-status.ts";
import * as statements from "./store.ts";
import { tell } from "./timeline.ts";

/** A contact's conversations at all properties: as many as a tenant may have properties. */
const propertiesOfContactMax = 200;

/** What earlier modules say, and what conversations make of it. */
export const conversationListeners: NoticeListeners = {
  "message.arrived": [receiveMessage],
  "status.arrived": [receiveStatus],
  "contact.changed": [
    async (unit, { contactId }) => {
      const args = { contactId, limit: propertiesOfContactMax };
      for (const row of await unit.db.all(statements.conversationsOfContact, args)) {
        tell(unit, { ...row, contact_id: contactId }, "contact.changed", null);
      }
    },
  ],
};
