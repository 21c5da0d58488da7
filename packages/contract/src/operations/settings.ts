import { z } from "zod";
import { idOf } from "../ids.ts";
import { limits } from "../limits.ts";
import { operation } from "../operation.ts";
import { roles } from "../rights.ts";
import { agent, colour, name, property, team } from "../schemas/people.ts";
import { field, fieldKind, label, template, templateText } from "../schemas/settings.ts";

const byProperty = z.object({ propertyId: idOf<"property">() });
const version = z.int();
const email = z.string().trim().min(3).max(limits.emailCharactersMax);
const password = z.string().min(limits.passwordCharactersMin).max(limits.passwordCharactersMax);

export const listLabels = operation({
  name: "labels.list",
  method: "GET",
  path: "/v1/properties/{propertyId}/labels",
  summary: "The labels of a property.",
  right: "property.read",
  params: byProperty,
  output: z.object({ items: z.array(label) }),
});

export const listFields = operation({
  name: "fields.list",
  method: "GET",
  path: "/v1/properties/{propertyId}/fields",
  summary: "The fields of a property.",
  right: "property.read",
  params: byProperty,
  output: z.object({ items: z.array(field) }),
});

export const listTemplates = operation({
  name: "templates.list",
  method: "GET",
  path: "/v1/properties/{propertyId}/templates",
  summary: "The templates of a property.",
  right: "property.read",
  params: byProperty,
  output: z.object({ items: z.array(template) }),
});

export const updateProperty = operation({
  name: "properties.update",
  method: "PATCH",
  path: "/v1/properties/{propertyId}",
  summary: "Change a property's name, time zone or country.",
  right: "property.manage",
  params: byProperty,
  body: z.strictObject({
    name: name.optional(),
    timeZone: z.string().max(64).optional(),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .optional(),
    version,
  }),
  output: z.object({ property }),
  refusals: ["version.conflict", "property.time_zone_unknown"],
});

export const createLabel = operation({
  name: "labels.create",
  method: "POST",
  path: "/v1/properties/{propertyId}/labels",
  summary: "Make a label.",
  right: "property.lead",
  params: byProperty,
  body: z.strictObject({ labelId: idOf<"label">(), name, colour }),
  output: z.object({ label }),
  status: 201,
  refusals: ["name.taken", "entry.id_taken", "settings.too_many"],
});

export const updateLabel = operation({
  name: "labels.update",
  method: "PATCH",
  path: "/v1/properties/{propertyId}/labels/{labelId}",
  summary: "Change a label's name or colour.",
  right: "property.lead",
  params: byProperty.extend({ labelId: idOf<"label">() }),
  body: z.strictObject({ name: name.optional(), colour: colour.optional(), version }),
  output: z.object({ label }),
  refusals: ["name.taken", "version.conflict"],
});

export const endLabel = operation({
  name: "labels.end",
  method: "DELETE",
  path: "/v1/properties/{propertyId}/labels/{labelId}",
  summary: "Retire a label: it goes from all guests, and stays readable in what happened.",
  right: "property.lead",
  params: byProperty.extend({ labelId: idOf<"label">() }),
});

const options = z.array(name).max(limits.fieldOptionsMax);

export const createField = operation({
  name: "fields.create",
  method: "POST",
  path: "/v1/properties/{propertyId}/fields",
  summary: "Make a custom field.",
  right: "property.manage",
  params: byProperty,
  body: z.strictObject({
    fieldId: idOf<"field">(),
    name,
    kind: fieldKind,
    options: options.default([]),
  }),
  output: z.object({ field }),
  status: 201,
  refusals: ["name.taken", "entry.id_taken", "settings.too_many", "field.options_invalid"],
});

export const updateField = operation({
  name: "fields.update",
  method: "PATCH",
  path: "/v1/properties/{propertyId}/fields/{fieldId}",
  summary: "Change a field's name, its options or its place. Its kind never changes.",
  right: "property.manage",
  params: byProperty.extend({ fieldId: idOf<"field">() }),
  body: z.strictObject({
    name: name.optional(),
    options: options.optional(),
    position: z.int().min(0).max(limits.fieldsPerPropertyMax).optional(),
    version,
  }),
  output: z.object({ field }),
  refusals: ["name.taken", "version.conflict", "field.options_invalid", "field.needed"],
});

export const endField = operation({
  name: "fields.end",
  method: "DELETE",
  path: "/v1/properties/{propertyId}/fields/{fieldId}",
  summary: "Retire a custom field. The five that every property starts with stay.",
  right: "property.manage",
  params: byProperty.extend({ fieldId: idOf<"field">() }),
  refusals: ["field.needed"],
});

const templateBody = {
  name,
  /** Letters, digits, hyphens. */
  shortcut: z.string().regex(/^[a-z0-9-]{1,40}$/, {
    error: "must be 1 to 40 small letters, digits or hyphens",
  }),
  texts: z.array(templateText).min(1).max(limits.templateLanguagesMax),
};

export const createTemplate = operation({
  name: "templates.create",
  method: "POST",
  path: "/v1/properties/{propertyId}/templates",
  summary: "Make a template, with one text per language.",
  right: "property.lead",
  params: byProperty,
  body: z.strictObject({ templateId: idOf<"template">(), ...templateBody }),
  output: z.object({ template }),
  status: 201,
  refusals: ["name.taken", "entry.id_taken", "settings.too_many", "template.invalid"],
});

export const updateTemplate = operation({
  name: "templates.update",
  method: "PUT",
  path: "/v1/properties/{propertyId}/templates/{templateId}",
  summary: "Write a template anew.",
  right: "property.lead",
  params: byProperty.extend({ templateId: idOf<"template">() }),
  body: z.strictObject({ ...templateBody, version }),
  output: z.object({ template }),
  refusals: ["name.taken", "version.conflict", "template.invalid"],
});

export const endTemplate = operation({
  name: "templates.end",
  method: "DELETE",
  path: "/v1/properties/{propertyId}/templates/{templateId}",
  summary: "Retire a template.",
  right: "property.lead",
  params: byProperty.extend({ templateId: idOf<"template">() }),
});

const agentIds = z.array(idOf<"agent">()).max(500);

export const createTeam = operation({
  name: "teams.create",
  method: "POST",
  path: "/v1/properties/{propertyId}/teams",
  summary: "Make a team.",
  right: "property.manage",
  params: byProperty,
  body: z.strictObject({ teamId: idOf<"team">(), name, colour, agentIds }),
  output: z.object({ team }),
  status: 201,
  refusals: ["name.taken", "entry.id_taken", "assignment.impossible", "settings.too_many"],
});

export const updateTeam = operation({
  name: "teams.update",
  method: "PATCH",
  path: "/v1/properties/{propertyId}/teams/{teamId}",
  summary: "Change a team's name, colour or members.",
  right: "property.manage",
  params: byProperty.extend({ teamId: idOf<"team">() }),
  body: z.strictObject({
    name: name.optional(),
    colour: colour.optional(),
    agentIds: agentIds.optional(),
    version,
  }),
  output: z.object({ team }),
  refusals: ["name.taken", "version.conflict", "assignment.impossible"],
});

export const endTeam = operation({
  name: "teams.end",
  method: "DELETE",
  path: "/v1/properties/{propertyId}/teams/{teamId}",
  summary: "Retire a team. What it holds is nobody's then, and in sight.",
  right: "property.manage",
  params: byProperty.extend({ teamId: idOf<"team">() }),
});

/** An agent as whoever manages them sees them. */
const managedAgent = agent.extend({
  email: z.string(),
  propertyIds: z.array(idOf<"property">()),
});

export const listAgents = operation({
  name: "agents.list",
  method: "GET",
  path: "/v1/agents",
  summary: "Everybody who can sign in at this organization, and who could.",
  right: "agent.manage",
  output: z.object({ items: z.array(managedAgent), properties: z.array(property) }),
});

export const createAgent = operation({
  name: "agents.create",
  method: "POST",
  path: "/v1/agents",
  summary: "Let a colleague sign in, with a first password that they were told.",
  right: "agent.manage",
  body: z.strictObject({
    agentId: idOf<"agent">(),
    name,
    email,
    password,
    role: z.enum(roles),
    propertyIds: z.array(idOf<"property">()).max(200),
  }),
  output: z.object({ agent: managedAgent }),
  status: 201,
  refusals: [
    "agent.email_taken",
    "agent.email_invalid",
    "agent.beyond_own",
    "entry.id_taken",
    "settings.too_many",
  ],
});

export const updateAgent = operation({
  name: "agents.update",
  method: "PATCH",
  path: "/v1/agents/{agentId}",
  summary: "Change a colleague's name, role or properties. Nobody grants what they do not have.",
  right: "agent.manage",
  params: z.object({ agentId: idOf<"agent">() }),
  body: z.strictObject({
    name: name.optional(),
    role: z.enum(roles).optional(),
    propertyIds: z.array(idOf<"property">()).max(200).optional(),
    version,
  }),
  output: z.object({ agent: managedAgent }),
  refusals: ["agent.beyond_own", "agent.last_owner", "version.conflict"],
});

export const deactivateAgent = operation({
  name: "agents.deactivate",
  method: "POST",
  path: "/v1/agents/{agentId}/deactivation",
  summary: "Let a colleague sign in no more. What they hold is nobody's then, and in sight.",
  right: "agent.manage",
  params: z.object({ agentId: idOf<"agent">() }),
  output: z.object({ agent: managedAgent }),
  refusals: ["agent.beyond_own", "agent.last_owner"],
});

export const reactivateAgent = operation({
  name: "agents.reactivate",
  method: "POST",
  path: "/v1/agents/{agentId}/reactivation",
  summary: "Let a colleague sign in again.",
  right: "agent.manage",
  params: z.object({ agentId: idOf<"agent">() }),
  output: z.object({ agent: managedAgent }),
  refusals: ["agent.beyond_own"],
});

/** The way out of the demo: possible while the installation has no hotel of its own yet. */
export const startHotel = operation({
  name: "installation.startHotel",
  method: "POST",
  path: "/v1/installation/hotel",
  summary: "Begin with a hotel of one's own: an empty organization with its owner.",
  right: null,
  body: z.strictObject({
    organization: name,
    hotel: name,
    timeZone: z.string().max(64),
    country: z.string().regex(/^[A-Z]{2}$/),
    ownerName: name,
    email,
    password,
  }),
  output: z.object({ email: z.string() }),
  status: 201,
  refusals: [
    "installation.has_hotel",
    "agent.email_invalid",
    "property.time_zone_unknown",
    "session.too_many_attempts",
  ],
});
