/** Stands for a value in a statement's shape until it is run. */
export class Placeholder {
  readonly name: string;
  /** Which element, where the argument is a list. */
  readonly index: number | undefined;
  /** Which field, where the list is of rows. */
  readonly field: string | undefined;

  constructor(name: string, index?: number, field?: string) {
    this.name = name;
    this.index = index;
    this.field = field;
  }
}

/** The bound tenant. Modules cannot make one: they get it from the shape's builder. */
export class TenantPlaceholder extends Placeholder {
  constructor() {
    super("tenant");
  }
}

/** A literal in a shape: it is put in as it stands. */
export class Literal extends Placeholder {
  readonly value: unknown;

  constructor(value: unknown) {
    super("literal");
    this.value = value;
  }
}
