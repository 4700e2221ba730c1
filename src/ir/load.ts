import { maxPredicateDepth } from "./predicate.js";
import { irVersion, policySchema, type PolicyIr } from "./policy.js";
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
 * anything else that does not fit is a problem; never throws.
 */
export function loadPolicy(text: string): Loaded {
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
  try {
    return validated(json.value);
  } catch (error) {
    // The schemas recurse: a type or a value that nests as deep as only predicates may is none of a policy.
    if (error instanceof RangeError) return { ok: false, problem: "it is malformed: it nests too deep" };
    throw error;
  }
}

function validated(value: unknown): Loaded {
  const parsed = policySchema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = (issue?.path ?? []).map(String).join(".").slice(0, 200);
    return { ok: false, problem: `it is malformed at \`${where}\`: ${issue?.message.slice(0, 300)}` };
  }
  const dangling = danglingName(parsed.data);
  return dangling === undefined
    ? { ok: true, policy: parsed.data }
    : { ok: false, problem: `it is inconsistent: ${dangling}` };
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
