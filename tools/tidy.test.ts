/** The repository checks itself. Each rule is tried on planted offences in tidy-rules.test.ts. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { root } from "./prepare.mjs";
import { readRepository } from "./tidy/repository.ts";
import { rules } from "./tidy/rules.ts";

describe("the repository", () => {
  const repository = readRepository(root);
  for (const rule of rules) {
    test(rule.guarantee, () => {
      const offences = rule.check(repository);
      assert.ok(offences.length === 0, `\n${offences.join("\n")}\n`);
    });
  }
});
