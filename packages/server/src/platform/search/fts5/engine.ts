import type { DatabaseSync, SQLInputValue } from "node:sqlite";
import { setImmediate as turn } from "node:timers/promises";
import {
  assertDocuments,
  assertQuery,
  assertRemoval,
  assertSearchId,
  type Candidate,
  type CandidateQuery,
  type SearchDocument,
  type SearchEngine,
  type SearchKind,
  searchInstantMax,
} from "../search-engine.ts";
import { matchExpression } from "./match-expression.ts";
import { openFile, type RebuildReason, removeSetAside } from "./open-file.ts";
import * as sql from "./sql.ts";
import { bytesToUuid, uuidToBytes } from "./uuid-bytes.ts";

export type { RebuildReason } from "./open-file.ts";

export interface Fts5SearchEngine extends SearchEngine {
  /** Not null when the index starts empty and the consumer must read its feed from the start. */
  readonly rebuild: RebuildReason;
  /** Says that the consumer has filled it: until then every opening asks for it again. */
  markFilled(): void;
}

const kindNumbers: Readonly<Record<SearchKind, number>> = { entry: 1, contact: 2 };
/** No document has this kind: stands for one that is not asked for. */
const noKind = 0;

/** A tenant's removal lets others have their turn after so many rows, or pages merged. */
const rowsPerTurn = 500;
const pagesPerTurn = 200;
const mergeTurnsMax = 100_000;

/**
 * The search engine that needs no server: SQLite FTS5 in a file of its own, which several
 * processes on one machine may have open.
 *
 * @param file where the index lies or shall lie; its folder exists
 */
export function openFts5SearchEngine(file: string): Fts5SearchEngine {
  const { database, rebuild } = openFile(file);
  const index = new Index(database);
  return {
    rebuild,
    markFilled: () => database.exec(sql.markFilled),
    isFilled: async () => database.prepare(sql.isUnfilled).get() === undefined,
    index: async (documents) => index.put(documents),
    remove: async (tenantId, kind, subjectIds) => index.remove(tenantId, kind, subjectIds),
    removeTenant: async (tenantId) => {
      await index.removeTenant(tenantId);
      removeSetAside(file);
    },
    candidates: async (query) => index.candidates(query),
    count: async (tenantId) => index.count(tenantId),
    close: async () => database.close(),
  };
}

type Parameters = Record<string, SQLInputValue>;

class Index {
  readonly #database: DatabaseSync;
  readonly #statements: ReturnType<typeof prepareAll>;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#statements = prepareAll(database);
  }

  put(documents: readonly SearchDocument[]): void {
    assertDocuments(documents);
    this.#inTransaction(() => {
      for (const document of documents) this.#putOne(document);
    });
  }

  #putOne(document: SearchDocument): void {
    const { isKnown, updateDocument, deleteTerms, deleteDocument, insertDocument, insertTerms } =
      this.#statements;
    const { propertyId } = document;
    const subject = subjectParameters(document.tenantId, document.kind, document.subjectId);
    const values = {
      ...subject,
      at: document.at,
      property: propertyId === null ? null : uuidToBytes(propertyId),
      version: document.analysisVersion,
    };
    // Most documents are new: they need none of what makes room.
    const isNew = isKnown.get(subject) === undefined;
    if (!isNew) deleteTerms.run(subject);
    if (isNew || updateDocument.run(values).changes === 0) {
      if (!isNew) deleteDocument.run(subject);
      insertDocument.run(values);
    }
    // The order of the hashes says nothing; the order of the words could.
    const hashes = [...new Set(document.terms)].sort().join(" ");
    insertTerms.run({ ...subject, hashes });
  }

  remove(tenantId: string, kind: SearchKind, subjectIds: readonly string[]): void {
    assertRemoval(tenantId, subjectIds);
    this.#inTransaction(() => {
      for (const subjectId of subjectIds) {
        const subject = subjectParameters(tenantId, kind, subjectId);
        this.#statements.deleteTerms.run(subject);
        this.#statements.deleteDocument.run(subject);
      }
    });
  }

  async removeTenant(tenantId: string): Promise<void> {
    assertSearchId(tenantId);
    const some = { tenant: uuidToBytes(tenantId), rows: rowsPerTurn };
    while (this.#inTransaction(() => this.#removeSome(some))) await turn();
    await this.#mergeEverything();
    this.#database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  }

  #removeSome(some: Parameters): boolean {
    this.#statements.deleteTermsOfTenant.run(some);
    return this.#statements.deleteDocumentsOfTenant.run(some).changes > 0;
  }

  /** FTS5 only marks rows as deleted. Merging all segments is what takes their terms out. */
  async #mergeEverything(): Promise<void> {
    for (let step = 0; step < mergeTurnsMax; step++) {
      const pages = step === 0 ? -pagesPerTurn : pagesPerTurn;
      const isDone = this.#inTransaction(() => this.#merge(pages) < 2);
      if (isDone && step > 0) return;
      await turn();
    }
    throw new Error("The search index did not finish merging.");
  }

  /** @returns how much there was to do; less than 2 means nothing (SQLite, FTS5 § 6.8) */
  #merge(pages: number): number {
    const before = Number(this.#statements.totalChanges.get()?.["changes"]);
    this.#statements.mergeTerms.run({ pages });
    return Number(this.#statements.totalChanges.get()?.["changes"]) - before;
  }

  candidates(query: CandidateQuery): readonly Candidate[] {
    assertQuery(query);
    if (query.allOf.length === 0 || query.allOf.some((anyOf) => anyOf.length === 0)) return [];
    const kindOrNone = (kind: SearchKind) =>
      query.kinds.includes(kind) ? kindNumbers[kind] : noKind;
    const properties = query.propertyIds.map((id) => uuidToBytes(id).toString("hex"));
    const rows = this.#statements.selectCandidates.all({
      match: matchExpression(query.allOf),
      tenant: uuidToBytes(query.tenantId),
      before: query.before ?? searchInstantMax,
      entries: kindOrNone("entry"),
      contacts: kindOrNone("contact"),
      properties: JSON.stringify(properties),
      limit: query.limit,
    });
    return rows.map(candidateOf);
  }

  count(tenantId: string): number {
    const row = this.#statements.countDocuments.get({ tenant: uuidToBytes(tenantId) });
    return Number(row?.["documents"]);
  }

  #inTransaction<Result>(work: () => Result): Result {
    this.#database.exec("BEGIN IMMEDIATE");
    try {
      const result = work();
      this.#database.exec("COMMIT");
      return result;
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
      throw error;
    }
  }
}

function prepareAll(database: DatabaseSync) {
  return {
    isKnown: database.prepare(sql.isKnown),
    updateDocument: database.prepare(sql.updateDocument),
    insertDocument: database.prepare(sql.insertDocument),
    insertTerms: database.prepare(sql.insertTerms),
    deleteTerms: database.prepare(sql.deleteTerms),
    deleteDocument: database.prepare(sql.deleteDocument),
    deleteTermsOfTenant: database.prepare(sql.deleteTermsOfTenant),
    deleteDocumentsOfTenant: database.prepare(sql.deleteDocumentsOfTenant),
    mergeTerms: database.prepare(sql.mergeTerms),
    totalChanges: database.prepare(sql.totalChanges),
    countDocuments: database.prepare(sql.countDocuments),
    selectCandidates: database.prepare(sql.selectCandidates),
  };
}

function subjectParameters(tenantId: string, kind: SearchKind, subjectId: string): Parameters {
  return {
    tenant: uuidToBytes(tenantId),
    kind: kindNumbers[kind],
    subject: uuidToBytes(subjectId),
  };
}

function candidateOf(row: Record<string, unknown>): Candidate {
  return {
    subjectId: bytesToUuid(asBytes(row["subject_id"])),
    kind: row["kind"] === kindNumbers.contact ? "contact" : "entry",
    propertyId: row["property_id"] === null ? null : bytesToUuid(asBytes(row["property_id"])),
    at: Number(row["at"]),
  };
}

function asBytes(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value;
  throw new TypeError("The search index holds an id that is not bytes.");
}
