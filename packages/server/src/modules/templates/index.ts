import { operations } from "@foyer/contract";
import { route } from "../../platform/access/index.ts";
import type { ModuleManifest } from "../../platform/manifest.ts";
import { createTemplate, endTemplate, listTemplates, updateTemplate } from "./edit-templates.ts";
import { keepField } from "./keep-fields.ts";
import { templateMigration, templateTables } from "./tables.ts";

export { chooseText } from "./choose-text.ts";
export { knownPlaceholders } from "./known-placeholders.ts";
export {
  placeholderOf,
  renderTemplate,
  unfilledPlaceholders,
} from "./placeholders.ts";
export { findTemplate } from "./present.ts";

/** The texts that a property answers with again and again. */
export const templatesManifest: ModuleManifest = {
  name: "templates",
  tables: templateTables,
  migrations: [templateMigration],
  routes: [
    route(operations.listTemplates, listTemplates),
    route(operations.createTemplate, createTemplate),
    route(operations.updateTemplate, updateTemplate),
    route(operations.endTemplate, endTemplate),
  ],
  listeners: {
    "field.leaving": [keepField],
  },
};
