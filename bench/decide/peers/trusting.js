/** What the peers that only know rules are told: the arguments are well-typed, the path is in normal form already. */
import { normalPath } from "../paths.js";

export function trusted({ tool, args, roles }) {
  return { tool, args: args.path === undefined ? args : { ...args, path: normalPath(args.path) }, roles };
}

/** Why a workload cannot be decided by rules alone: its decisions hang on more than what scope finds. */
export function moreThanRules({ policy, expected }) {
  if ((policy.limits ?? []).length > 0) return "it has no count of earlier actions";
  return expected.some(({ decision, scope }) => decision !== (scope === "within" ? "authorize" : "return"))
    ? "it knows two answers, and no facts, classes or gray lines"
    : undefined;
}
