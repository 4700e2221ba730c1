import type { Json } from "../../src/ir/json.js";
import type { Knowledge } from "../../src/ir/knowledge.js";
import type { PolicyIr } from "../../src/ir/policy.js";
import { normal } from "./values.js";

/** A given: as supplied, else its default, else unknown (semantics.md, *Three values*). */
export function givenOf(policy: PolicyIr, knowledge: Knowledge, name: string): Json | undefined {
  const given = policy.intent?.givens.find((one) => one.name === name);
  if (given === undefined) return undefined;
  const supplied = Object.hasOwn(knowledge.givens, name) ? knowledge.givens[name] : undefined;
  return supplied === undefined ? given.value : normal(given.type, supplied, policy.zone);
}
