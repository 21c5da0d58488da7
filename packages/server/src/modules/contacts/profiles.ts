import { z } from "zod";

const colours = ["blue", "amber", "violet", "green", "red", "grey"] as const;

/** What is sealed into rows, each read and written as one. */
export const contactProfile = z.object({
  name: z.string().nullable(),
  language: z.string().nullable(),
});
export type ContactProfile = z.output<typeof contactProfile>;

export const labelProfile = z.object({ name: z.string(), colour: z.enum(colours) });

export const fieldProfile = z.object({ name: z.string(), options: z.array(z.string()) });
export type FieldProfile = z.output<typeof fieldProfile>;

/** What a property's fields hold for one guest, by the field's id. */
export const fieldValues = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));
export type FieldValues = z.output<typeof fieldValues>;
