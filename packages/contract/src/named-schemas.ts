import type { z } from "zod";
import { contact } from "./schemas/contacts.ts";
import {
  attachment,
  channel,
  conversation,
  delivery,
  message,
  note,
  occurrence,
} from "./schemas/conversations.ts";
import { agent, property, team } from "./schemas/people.ts";
import { field, label, template } from "./schemas/settings.ts";

/** The things that the interface speaks of, by the names under which its page describes them. */
export const namedSchemas = {
  Agent: agent,
  Attachment: attachment,
  Channel: channel,
  Contact: contact,
  Conversation: conversation,
  Delivery: delivery,
  Field: field,
  Label: label,
  Message: message,
  Note: note,
  Occurrence: occurrence,
  Property: property,
  Team: team,
  Template: template,
} as const satisfies Record<string, z.ZodType>;
