import { z } from "zod";
import { idOf } from "../ids.ts";
import { operation } from "../operation.ts";
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
