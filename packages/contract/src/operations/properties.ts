import { z } from "zod";
import { idOf } from "../ids.ts";
import { operation } from "../operation.ts";
import { channel } from "../schemas/conversations.ts";
import { agent, team } from "../schemas/people.ts";

const params = z.object({ propertyId: idOf<"property">() });

export const getPropertyPeople = operation({
  name: "properties.people",
  method: "GET",
  path: "/v1/properties/{propertyId}/people",
  summary: "Agents and teams of a property: whom a conversation can be assigned to.",
  right: "property.read",
  params,
  output: z.object({ agents: z.array(agent), teams: z.array(team) }),
});

export const listChannels = operation({
  name: "channels.list",
  method: "GET",
  path: "/v1/properties/{propertyId}/channels",
  summary: "The channels of a property and what each can do.",
  right: "property.read",
  params,
  output: z.object({ items: z.array(channel) }),
});
