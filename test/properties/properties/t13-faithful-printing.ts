import {
  loadPolicy,
  parseNarrowing,
  parsePolicy,
  policyDigest,
  policySchema,
  printDocument,
} from "../../../src/index.js";
import { isNarrowing, isReshimu } from "../generate/model.js";
import { compiled } from "../support/judge.js";
import { compared, mustBeSame } from "../support/must.js";
import { ofScenarios } from "../support/property.js";

/** A policy or a narrowing, as the printer writes it. */
function printed(file: string, text: string): string {
  const parse = isNarrowing(file) ? parseNarrowing : parsePolicy;
  return printDocument(parse({ file, text }).document);
}

export const t13 = [
  ofScenarios(
    {
      id: "T13.built",
      says: "faithful printing: what a policy is built to can be read back as it was",
      options: { extensions: 2, stories: 1, proposals: 1 },
      share: 4,
    },
    ({ engine }) => {
      policySchema.parse(engine.policy);
      const loaded = loadPolicy(JSON.stringify(engine.policy));
      compared();
      mustBeSame(
        "a built policy is read back as it was",
        loaded.ok ? loaded.policy : loaded.problem,
        engine.policy,
      );
    },
  ),
  ofScenarios(
    {
      id: "T13.meaning",
      says: "faithful printing: what is printed means the same, and prints as itself",
      options: { extensions: 2, stories: 1, proposals: 1 },
      share: 4,
    },
    ({ model, texts, engine }) => {
      const once = new Map(
        [...texts].map(([path, text]) => [path, isReshimu(path) ? printed(path, text) : text]),
      );
      // The digest binds every decision: the printed policy gives them all.
      compared();
      mustBeSame("the same digest", policyDigest(compiled(model.entry, once)), engine.digest);
      for (const [path, text] of once)
        if (isReshimu(path)) mustBeSame("printed again it is the same text", printed(path, text), text);
    },
  ),
];
