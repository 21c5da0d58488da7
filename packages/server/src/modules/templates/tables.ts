import type { PropertyId, TemplateId, TenantId } from "@foyer/contract";
import {
  id,
  instant,
  integer,
  nullable,
  type RowOf,
  sealed,
  table,
} from "../../platform/store/index.ts";

/** A text that a property answers with again and again. */
export const template = table(
  "template",
  {
    tenant_id: id<TenantId>(),
    id: id<TemplateId>(),
    property_id: id<PropertyId>(),
    /** Sealed: name, shortcut, texts. */
    profile: sealed(),
    created_at: instant(),
    /** A retired template keeps its row: a call that is made again finds what became of it. */
    ended_at: nullable(instant()),
    version: integer(),
  },
  {
    primaryKey: ["tenant_id", "id"],
    indexes: [["tenant_id", "property_id"]],
    references: [
      { columns: ["tenant_id", "property_id"], table: "property", to: ["tenant_id", "id"] },
    ],
  },
);

export interface TemplateTables {
  template: RowOf<typeof template>;
}

export type TemplateRow = RowOf<typeof template>;

export const templateTables = [template];
export const templateMigration = { name: "templates-0001", tables: templateTables };
