import type { PropertyId, TemplateId } from "@foyer/contract";
import { limits } from "@foyer/contract";
import { statementsFor } from "../../platform/store/index.ts";
import type { TemplateRow, TemplateTables } from "./tables.ts";

const statement = statementsFor<TemplateTables>();

type New<Row> = Omit<Row, "tenant_id">;

export const insertTemplate = statement<New<TemplateRow>>()("template.insert", (sql, given) =>
  sql.insertInto("template").values({
    tenant_id: given.tenant,
    id: given.id,
    property_id: given.property_id,
    profile: given.profile,
    created_at: given.created_at,
    ended_at: given.ended_at,
    version: given.version,
  }),
);

export const templateById = statement<{ id: TemplateId }>()("template.byId", (sql, given) =>
  sql
    .selectFrom("template")
    .selectAll()
    .where("tenant_id", "=", given.tenant)
    .where("id", "=", given.id),
);

export const templatesOfProperty = statement<{ propertyId: PropertyId }>()(
  "template.ofProperty",
  (sql, given) =>
    sql
      .selectFrom("template")
      .selectAll()
      .where("tenant_id", "=", given.tenant)
      .where("property_id", "=", given.propertyId)
      .where("ended_at", "is", null)
      .orderBy("created_at")
      .orderBy("id")
      .limit(limits.templatesPerPropertyMax),
);

/** Compare-and-set on the version: of two who write a template anew, one does. */
export const updateTemplate = statement<
  Pick<TemplateRow, "id" | "profile" | "ended_at" | "version">
>()("template.update", (sql, given) =>
  sql
    .updateTable("template")
    .set((is) => ({
      profile: given.profile,
      ended_at: given.ended_at,
      version: is("version", "+", 1),
    }))
    .where("tenant_id", "=", given.tenant)
    .where("id", "=", given.id)
    .where("version", "=", given.version),
);
