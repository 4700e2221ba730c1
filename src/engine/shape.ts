import type { Json } from "../ir/json.js";

/** In characters. */
const longestName = 1_000;

type Problem = string | undefined;

const kindOf = (value: Json): string =>
  value === null
    ? "null"
    : Array.isArray(value)
      ? "a list"
      : typeof value === "object"
        ? "an object"
        : `a ${typeof value}`;

const named = (value: Json): Problem =>
  typeof value !== "string"
    ? `is ${kindOf(value)}, not a string`
    : value.length > longestName
      ? `has more than ${longestName} characters`
      : undefined;

const confidence = (value: Json): Problem =>
  typeof value !== "number"
    ? `is ${kindOf(value)}, not a number`
    : value >= 0 && value <= 1
      ? undefined
      : "is not between 0 and 1";

const record = (value: Json): Problem =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? undefined
    : `is ${kindOf(value)}, not an object`;

/** The members of a proposal (ir/proposal.ts), and what is wrong with a value of each. */
const members: ReadonlyMap<string, (value: Json) => Problem> = new Map([
  ["session", named],
  ["tier", named],
  ["actor", named],
  ["tool", named],
  ["args", record],
  ["confidence", confidence],
  ["claims", record],
  ["message", (value) => (typeof value === "string" ? undefined : `is ${kindOf(value)}, not a string`)],
]);

const claimMembers: ReadonlyMap<string, (value: Json) => Problem> = new Map([
  ["value", () => undefined],
  ["confidence", confidence],
]);

/** So many are told. */
const mostProblems = 5;

/** What is wrong with the shape of a proposal, sentences; none where it is one. */
export function shapeProblems(sent: Json): string[] {
  const wrong = record(sent);
  if (wrong !== undefined) return [`the proposal ${wrong}`];
  const proposal = sent as { readonly [member: string]: Json };
  const own = problemsIn(proposal, members, ["tool", "args"], "");
  const { claims } = proposal;
  if (claims === undefined || record(claims) !== undefined) return own.slice(0, mostProblems);
  const ofClaims = Object.entries(claims as { readonly [member: string]: Json }).flatMap(([claim, value]) => {
    const path = `claims.${claim}`.slice(0, 100);
    const problem = record(value);
    if (problem !== undefined) return [`the proposal's \`${path}\` ${problem}`];
    return problemsIn(value as { readonly [member: string]: Json }, claimMembers, ["value"], `${path}.`);
  });
  return [...own, ...ofClaims].slice(0, mostProblems);
}

function problemsIn(
  value: { readonly [member: string]: Json },
  known: typeof members,
  required: readonly string[],
  path: string,
): string[] {
  const lacking = required.filter((one) => !Object.hasOwn(value, one));
  const wrong = Object.entries(value).flatMap(([member, it]): string[] => {
    const check = known.get(member);
    const problem = check === undefined ? "is no part of a proposal" : check(it);
    return problem === undefined ? [] : [`the proposal's \`${(path + member).slice(0, 100)}\` ${problem}`];
  });
  return [...lacking.map((one) => `the proposal lacks \`${path + one}\``), ...wrong];
}
