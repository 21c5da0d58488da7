import { agreementRules } from "./agreements.ts";
import { directionRules } from "./directions.ts";
import type { Rule } from "./repository.ts";
import { shapeRules } from "./shape.ts";
import { wordRules } from "./words.ts";

/** Every rule, in the order in which a person would want to read them. */
export const rules: readonly Rule[] = [
  ...directionRules,
  ...shapeRules,
  ...wordRules,
  ...agreementRules,
];
