/**
 * The column law (DESIGN §3) as values: a table is declared once, in the migration that makes it,
 * and its row type, its DDL on both engines and the schema test are derived from that.
 */
export interface Column<Value> {
  readonly type: ColumnType;
  readonly isNullable: boolean;
  /** Carries the TypeScript type; never present at run time. */
  readonly value?: Value;
}

export type ColumnType =
  /** 16 bytes; a lower-case UUID in code. Named `id` or `…_id`. */
  | "id"
  /** Integer milliseconds since 1970, UTC. */
  | "instant"
  | "integer"
  /** A code word of ours, never text that somebody wrote. */
  | "word"
  /** A digest, a MAC or another short key that is compared byte by byte. */
  | "digest"
  /** Ciphertext, or bytes that say nothing. */
  | "sealed";

function column<Value>(type: ColumnType): Column<Value> {
  return { type, isNullable: false };
}

export const id = <Value extends string>() => column<Value>("id");
export const instant = () => column<number>("instant");
export const integer = () => column<number>("integer");
export const word = <Value extends string>() => column<Value>("word");
export const digest = () => column<Uint8Array>("digest");
export const sealed = () => column<Uint8Array>("sealed");

export function nullable<Value>(of: Column<Value>): Column<Value | null> {
  return { type: of.type, isNullable: true };
}

export type Columns = Readonly<Record<string, Column<unknown>>>;

export interface TableKeys<Name extends string> {
  readonly primaryKey: readonly Name[];
  readonly unique?: readonly (readonly Name[])[];
  readonly indexes?: readonly (readonly Name[])[];
  readonly references?: readonly {
    readonly columns: readonly Name[];
    readonly table: string;
    readonly to: readonly string[];
  }[];
}

export interface Table<C extends Columns = Columns> {
  readonly name: string;
  readonly columns: C;
  readonly keys: TableKeys<string>;
}

/**
 * Declares a table of a tenant. `tenant_id` leads the primary key, every unique key, every index
 * and both sides of every foreign key: it is the shard key, and no row can point across the wall.
 */
export function table<C extends Columns>(
  name: string,
  columns: C,
  keys: TableKeys<keyof C & string>,
): Table<C> {
  const leading = [keys.primaryKey, ...(keys.unique ?? []), ...(keys.indexes ?? [])];
  const pointing = (keys.references ?? []).flatMap((key) => [key.columns, key.to]);
  for (const key of [...leading, ...pointing]) {
    if (key[0] !== "tenant_id") throw new Error(`A key of ${name} does not begin with tenant_id`);
  }
  return { name, columns, keys };
}

/** The few tables that have no tenant yet, or serve all: `directory`, schema, job dispatch. */
export function rootTable<C extends Columns>(
  name: string,
  columns: C,
  keys: TableKeys<keyof C & string>,
): Table<C> {
  return { name, columns, keys };
}

/** The row of a table, as statements read and write it. */
export type RowOf<T extends Table> = {
  readonly [Name in keyof T["columns"]]: T["columns"][Name] extends Column<infer Value>
    ? Value
    : never;
};
