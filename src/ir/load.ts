import { partsOf, policyOf, readCanonical } from "./built.js";
import { misfitOf } from "./misfit.js";
import { maxPredicateDepth } from "./predicate.js";
import { irVersion, type PolicyIr } from "./policy.js";
import { readJson } from "./read-json.js";

/** A built policy read back, or why it cannot be: a sentence for a person. */
export type Loaded =
  | { readonly ok: true; readonly policy: PolicyIr }
  | { readonly ok: false; readonly problem: string };

/** A built policy may be so many bytes. */
export const maxPolicyBytes = 64 * 1024 * 1024;
/** Every level of a predicate is two of JSON, an operator and its operands; and some levels stand around it. */
const maxPolicyDepth = 2 * maxPredicateDepth + 50;

/**
 * Reads a built policy (what `reshimu build` writes). Another format or version, an operator that is not in the table, or
 * anything else that does not fit is a problem; never throws. One that is laid out as `policyText` does is read at once, but for its
 * conditions and places, which are read when they are asked for; any other is read strictly, with the same result.
 */
export function loadPolicy(text: string): Loaded {
  const quick = loadLaidOut(text);
  if (quick !== undefined) return quick;
  const json = readJson(text, { bytes: maxPolicyBytes, depth: maxPolicyDepth });
  if (!json.ok) return { ok: false, problem: `it is not JSON that can be read: ${json.problem}` };
  const told = json.value as { readonly format?: unknown; readonly version?: unknown } | null;
  if (typeof told !== "object" || told === null || told.format !== "reshimu-policy")
    return { ok: false, problem: "it is not a built policy: it lacks `format: reshimu-policy`" };
  if (told.version !== irVersion)
    return {
      ok: false,
      problem: `it is of version ${JSON.stringify(told.version)?.slice(0, 40)}, and this engine reads version ${irVersion}: build it again`,
    };
  const problem = problemOf(told) ?? danglingName(told as PolicyIr);
  return problem === undefined ? { ok: true, policy: told as PolicyIr } : { ok: false, problem };
}

/** Undefined where it is laid out otherwise, or has a problem: the strict way says which. */
function loadLaidOut(text: string): Loaded | undefined {
  // In bytes, each of its units may be three.
  const parts = text.length * 3 > maxPolicyBytes ? undefined : partsOf(text);
  const frame = parts && readCanonical(parts.frame, maxPolicyDepth);
  if (parts === undefined || frame === undefined || misfit("policy", frame) !== undefined) return undefined;
  const policy = policyOf(frame as PolicyIr, parts);
  return policy === undefined || danglingName(policy) !== undefined ? undefined : { ok: true, policy };
}

function problemOf(value: object): string | undefined {
  const { spans, ...meaning } = value as { readonly [key: string]: unknown };
  const found = misfit("policy", meaning) ?? misfit("spans", spans, "spans");
  return found && `it is malformed${found}`;
}

/** Where it does not fit and why, behind "malformed". */
function misfit(name: "policy" | "spans", value: unknown, at?: string): string | undefined {
  try {
    const found = misfitOf(name, value);
    if (found === undefined) return undefined;
    const where = [...(at === undefined ? [] : [at]), ...found.path].join(".").slice(0, 200);
    return `${where === "" ? "" : ` at \`${where}\``}: ${found.message.slice(0, 300)}`;
  } catch (error) {
    // The schemas recurse: a type or a value that nests as deep as only predicates may is none of a policy.
    if (error instanceof RangeError) return ": it nests too deep";
    throw error;
  }
}

/** Names that the engine looks up must be there: a class that does not exist would ask nothing. */
function danglingName(policy: PolicyIr): string | undefined {
  const classes = new Set(policy.classes.map((one) => one.name));
  const principals = new Set(policy.principals.map((one) => one.name));
  const missing = (
    known: ReadonlySet<string>,
    what: string,
    names: readonly (string | undefined)[],
  ): string | undefined => {
    const name = names.find((one) => one !== undefined && !known.has(one));
    return name === undefined ? undefined : `no ${what} is called \`${name.slice(0, 100)}\``;
  };
  const blocks = policy.layers.flatMap((layer) => layer.reversibility ?? []);
  const thresholds = policy.layers.flatMap((layer) => layer.discernment?.thresholds ?? []);
  return (
    missing(classes, "class", [
      ...blocks.flatMap((block) => [block.otherwise, ...block.treats.map((treat) => treat.class)]),
      ...thresholds.map((threshold) => threshold.for),
    ]) ??
    missing(principals, "principal", [
      ...policy.classes.map((one) => one.confirm),
      ...policy.escalate.map((step) => step.principal),
      ...(policy.intent?.givens ?? []).map((given) => given.asks?.principal),
      ...policy.layers.flatMap((layer) => layer.discernment?.grays ?? []).map((gray) => gray.asks?.principal),
    ])
  );
}
