/** "FoyS": says that a file is Foyer's search index and nothing else. */
export const applicationId = 0x466f7953;

/** Goes up with every change to the tables below. An index of another version is built anew. */
export const schemaVersion = 1;

/**
 * How many bits of a row number tell apart what has the same instant. The others are the instant:
 * row numbers are in order of time, so the newest are found first without sorting, and only as
 * many as are wanted are read.
 */
const slotBits = 20;
const firstRow = `(:at << ${slotBits})`;
const firstRowOfNext = `((:at + 1) << ${slotBits})`;

/**
 * The table `unfilled` stands until a new index has been filled: a process that ends before that
 * leaves word for the next one.
 */
export const markFilled = "DROP TABLE IF EXISTS unfilled";
export const isUnfilled = "SELECT 1 FROM sqlite_schema WHERE name = 'unfilled'";

/**
 * `content=''` keeps no terms of a document beside the inverted index, `detail=none` neither their
 * places nor how often they occur. Terms are hex digits, so the plainest tokenizer will do.
 */
export const createTables = `
  CREATE TABLE document (
    row INTEGER PRIMARY KEY,
    tenant_id BLOB NOT NULL CHECK (length(tenant_id) = 16),
    kind INTEGER NOT NULL CHECK (kind IN (1, 2)),
    subject_id BLOB NOT NULL CHECK (length(subject_id) = 16),
    property_id BLOB CHECK (length(property_id) = 16),
    at INTEGER NOT NULL CHECK (at = row >> ${slotBits}),
    analysis_version INTEGER NOT NULL,
    CHECK (kind = 2 OR property_id IS NOT NULL)
  ) STRICT;
  CREATE UNIQUE INDEX document_subject ON document (tenant_id, kind, subject_id);
  CREATE VIRTUAL TABLE term USING fts5 (
    hashes, content='', contentless_delete=1, detail=none, tokenize='ascii'
  );
  CREATE TABLE unfilled (reason TEXT) STRICT;
  PRAGMA application_id = ${applicationId};
  PRAGMA user_version = ${schemaVersion};
`;

const ofSubject = "tenant_id = :tenant AND kind = :kind AND subject_id = :subject";

/** Whether a subject is there; its row's number is larger than JavaScript can count. */
export const isKnown = `SELECT 1 FROM document WHERE ${ofSubject}`;

/** Keeps the row of a subject whose instant stays the same. */
export const updateDocument = `
  UPDATE document SET property_id = :property, analysis_version = :version
  WHERE ${ofSubject} AND at = :at`;

export const insertDocument = `
  INSERT INTO document (row, tenant_id, kind, subject_id, property_id, at, analysis_version)
  VALUES (
    (SELECT coalesce(max(row) + 1, ${firstRow}) FROM document
     WHERE row >= ${firstRow} AND row < ${firstRowOfNext}),
    :tenant, :kind, :subject, :property, :at, :version)`;

export const insertTerms = `
  INSERT INTO term (rowid, hashes) SELECT row, :hashes FROM document WHERE ${ofSubject}`;

export const deleteTerms = `
  DELETE FROM term WHERE rowid = (SELECT row FROM document WHERE ${ofSubject})`;

export const deleteDocument = `DELETE FROM document WHERE ${ofSubject}`;

const someOfTenant = `
  SELECT row FROM document WHERE tenant_id = :tenant ORDER BY kind, subject_id LIMIT :rows`;

export const deleteTermsOfTenant = `DELETE FROM term WHERE rowid IN (${someOfTenant})`;

export const deleteDocumentsOfTenant = `DELETE FROM document WHERE row IN (${someOfTenant})`;

/** A negative number starts a merge of everything, positive ones carry it on, by pages. */
export const mergeTerms = "INSERT INTO term (term, rank) VALUES ('merge', :pages)";

export const totalChanges = "SELECT total_changes() AS changes";

export const countDocuments =
  "SELECT count(*) AS documents FROM document WHERE tenant_id = :tenant";

/**
 * The only statement with a MATCH. What the index finds is looked up in the tenant's documents
 * before anything of it is returned; CROSS JOIN keeps the planner from turning the order round.
 */
export const selectCandidates = `
  SELECT d.subject_id, d.kind, d.property_id, d.at
  FROM term CROSS JOIN document AS d ON d.row = term.rowid
  WHERE term MATCH :match
    AND term.rowid < (:before << ${slotBits})
    AND d.tenant_id = :tenant
    AND d.kind IN (:entries, :contacts)
    AND ((d.kind = 2 AND d.property_id IS NULL)
      OR d.property_id IN (SELECT unhex(value) FROM json_each(:properties)))
  ORDER BY term.rowid DESC
  LIMIT :limit`;
