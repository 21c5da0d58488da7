import type { LabelId, PropertyId } from "@foyer/contract";
import type { JobHandler } from "../../platform/jobs/index.ts";
import type { PageCursor } from "../../platform/page-cursor.ts";
import type { Scope } from "../../platform/scope/index.ts";
import { theNewest } from "./rules.ts";
import * as statements from "./settings-store.ts";

export const tellLabelledKind = "label.tell";

/** A transaction tells of so many guests. */
const guestsPerTransactionMax = 100;

/** A label has another name: whoever finds its guests by it must read them anew. */
export const tellLabelled: JobHandler = {
  kind: tellLabelledKind,
  run: async (scope, { property_id: propertyId, subject_id }) => {
    const label = { propertyId, labelId: subject_id as LabelId };
    let place: PageCursor | undefined = theNewest;
    while (place) place = await tellPage(scope, label, place);
    return { kind: "done" };
  },
};

/** Tells the property's feed of a page of guests; gives the place after it. */
async function tellPage(
  scope: Scope,
  label: { readonly propertyId: PropertyId; readonly labelId: LabelId },
  { key: since, id }: PageCursor,
): Promise<PageCursor | undefined> {
  const limit = guestsPerTransactionMax;
  const rows = await scope.read.all(statements.labelledBefore, { ...label, since, id, limit });
  const last = rows.at(-1);
  if (!last) return undefined;
  await scope.transact(async (unit) => {
    for (const { contact_id } of rows) {
      unit.change({
        kind: "contact.changed",
        property_id: label.propertyId,
        contact_id,
        conversation_id: null,
        entry_id: null,
        agent_id: null,
      });
    }
  });
  return { key: last.since, id: last.id };
}
