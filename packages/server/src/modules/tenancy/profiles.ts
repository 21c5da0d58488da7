import { z } from "zod";

/** What is sealed into the profiles of people and places, each read and written as one. */
export const tenantProfile = z.object({ name: z.string() });
export const propertyProfile = z.object({
  name: z.string(),
  timeZone: z.string(),
  /** ISO 3166-1 alpha-2: how a phone number without a country is read here. */
  country: z.string(),
});
export const agentProfile = z.object({ name: z.string(), email: z.string() });
export const teamColours = ["blue", "amber", "violet", "green", "red", "grey"] as const;
export const teamProfile = z.object({ name: z.string(), colour: z.enum(teamColours) });
export type TeamColour = (typeof teamColours)[number];
