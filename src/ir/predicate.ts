import type { Json } from "./json.js";

/**
 * Predicates are JsonLogic over this closed set of operators (semantics.md, *Three values*). A rule is a literal
 * (null excepted), an array of rules (a list), or an object with exactly one key, an operator of this table.
 *
 * Operators of JsonLogic, with its meaning on complete inputs of the right types:
 *   and or ! if === !== < <= > >= in + - * min max   (`in`: member of a list; `-` with one operand negates)
 * Named extensions:
 *   /       as JsonLogic, without a result on a zero divisor
 *   val     a path of own keys: ["arg", NAME, FIELD…] ["given", NAME, …] ["claim", NAME, …] ["actor", "id"|"roles"|"tier"]
 *           ["session", "id"|"instruction"|"trust"] ["now"] ["local", NAME, FIELD…] ["result", FIELD…] (undo arguments only)
 *   has     of a val or a fact: whether it is there
 *   fact    [NAME, ARG…]
 *   traced  [X, [SOURCE…], FORM, "value"|"fact"]   FORM: how X is compared, see `tracedForms`
 *   every some   [VARIABLE, [LIST…], CONDITION]    (`no` is `!` of `some`)
 *   tally   [VARIABLE, [LIST…], CONDITION]         how many satisfy it
 *   total   [VARIABLE, [LIST…], EXPRESSION]        the sum over them
 *   count [LIST]  sum [LIST]  length [STRING]  lower [STRING]  abs [NUMBER]
 *   host scheme [URL]  extension [PATH]  hour weekday [TIME, ZONE]  (weekday: Monday 1 … Sunday 7)
 *   extract [STRING, PATTERN]
 *   like matches [STRING, PATTERN]
 *   within  [X, PREFIX, "path"|"url"]
 *   annotated [KIND]    whether the list that the tool was taken from marks it so, see `annotations`
 *   calls   [[TOOL…], WINDOW_MS|null, [PARAM, EXPR]…]
 */
export type Predicate = boolean | number | string | Predicate[] | { [operator: string]: Predicate | Json };

/** How a value is put into tokens for `traced to`. */
export const tracedForms = ["text", "number", "path", "url", "email", "time", "any"] as const;
export type TracedForm = (typeof tracedForms)[number];

/**
 * What a tool list may say of a tool, put so that it makes the tool graver: it writes (`readOnlyHint` is not true); it destroys
 * (it writes, and `destructiveHint` is not false); it deals with an open world (`openWorldHint` is not false). Nothing of a tool without hints.
 */
export const annotations = ["writing", "destructive", "open world"] as const;
export type Annotation = (typeof annotations)[number];

type Check = (operands: readonly unknown[], depth: number) => string | undefined;

const isString = (x: unknown): x is string => typeof x === "string";
const isStrings = (x: unknown): x is string[] => Array.isArray(x) && x.every(isString);

/** Operators whose operands are all rules, with the least and the most number of them. */
const rules =
  (least: number, most: number = least): Check =>
  (operands, depth) =>
    operands.length < least || operands.length > most
      ? `takes ${least === most ? least : `${least} to ${most}`} operands`
      : firstProblem(operands, depth);

const roots: Readonly<Record<string, readonly [least: number, most: number]>> = {
  arg: [2, 100],
  given: [2, 100],
  claim: [2, 100],
  local: [2, 100],
  result: [2, 100],
  actor: [2, 2],
  session: [2, 2],
  now: [1, 1],
};
const members: Readonly<Record<string, readonly string[]>> = {
  actor: ["id", "roles", "tier"],
  session: ["id", "instruction", "trust"],
};

const val: Check = (path) => {
  const [root, second] = path;
  if (!isStrings(path) || !isString(root) || !Object.hasOwn(roots, root))
    return "is not a path of a known root";
  const [least, most] = roots[root] as readonly [number, number];
  if (path.length < least || path.length > most) return "is a path of the wrong length";
  if (Object.hasOwn(members, root) && !members[root]?.includes(second as string))
    return `has no member \`${String(second)}\``;
  return undefined;
};

const over: Check = ([variable, lists, body, ...rest], depth) => {
  if (
    !isString(variable) ||
    !Array.isArray(lists) ||
    lists.length === 0 ||
    body === undefined ||
    rest.length > 0
  )
    return "takes a variable, lists and a body";
  return firstProblem(lists, depth) ?? problemOf(body, depth);
};

/** One rule operand followed by fixed text operands. */
const withText =
  (...allowed: (readonly string[] | "any")[]): Check =>
  (operands, depth) => {
    const [first, ...texts] = operands;
    if (first === undefined || texts.length !== allowed.length) return `takes ${1 + allowed.length} operands`;
    const fits = texts.every((t, i) => isString(t) && (allowed[i] === "any" || allowed[i]?.includes(t)));
    return fits ? problemOf(first, depth) : "has an operand that it does not know";
  };

const isReadable = (x: unknown): boolean => {
  if (typeof x !== "object" || x === null || Array.isArray(x)) return false;
  const keys = Object.keys(x);
  return keys.length === 1 && (keys[0] === "val" || keys[0] === "fact");
};

/** The closed table of operators. */
export const operators: ReadonlyMap<string, Check> = new Map<string, Check>([
  ["and", rules(1, 100_000)],
  ["or", rules(1, 100_000)],
  ["!", rules(1)],
  ["if", rules(3)],
  ["===", rules(2)],
  ["!==", rules(2)],
  ["<", rules(2)],
  ["<=", rules(2)],
  [">", rules(2)],
  [">=", rules(2)],
  ["in", rules(2)],
  ["+", rules(2)],
  ["-", rules(1, 2)],
  ["*", rules(2)],
  ["/", rules(2)],
  ["min", rules(1, 1_000)],
  ["max", rules(1, 1_000)],
  ["val", val],
  ["has", (o, d) => (o.length === 1 && isReadable(o[0]) ? firstProblem(o, d) : "takes one val or fact")],
  ["fact", ([name, ...args], d) => (isString(name) ? firstProblem(args, d) : "takes a name first")],
  [
    "traced",
    ([x, sources, form, of, ...rest], d) =>
      x === undefined ||
      !isStrings(sources) ||
      sources.length === 0 ||
      rest.length > 0 ||
      !tracedForms.includes(form as TracedForm) ||
      (of !== "value" && of !== "fact")
        ? "takes a value, sources, a form and its origin"
        : problemOf(x, d),
  ],
  ["every", over],
  ["some", over],
  ["tally", over],
  ["total", over],
  ["count", rules(1)],
  ["sum", rules(1)],
  ["length", rules(1)],
  ["lower", rules(1)],
  ["abs", rules(1)],
  ["host", rules(1)],
  ["scheme", rules(1)],
  ["extension", rules(1)],
  ["hour", withText("any")],
  ["weekday", withText("any")],
  ["extract", withText("any")],
  [
    "annotated",
    (operands) =>
      operands.length === 1 && annotations.includes(operands[0] as Annotation)
        ? undefined
        : "takes one kind of annotation",
  ],
  ["like", withText("any")],
  ["matches", withText("any")],
  [
    "within",
    ([x, prefix, kind, ...rest], d) =>
      x === undefined || prefix === undefined || (kind !== "path" && kind !== "url") || rest.length > 0
        ? "takes a value, a prefix and `path` or `url`"
        : firstProblem([x, prefix], d),
  ],
  [
    "calls",
    ([tools, window, ...params], d) => {
      if (!isStrings(tools) || tools.length === 0) return "takes tools first";
      if (window !== null && !(typeof window === "number" && Number.isFinite(window) && window >= 0))
        return "takes a window or null";
      for (const param of params) {
        if (!Array.isArray(param) || param.length !== 2 || !isString(param[0]))
          return "takes pairs of a parameter and a value";
        const problem = problemOf(param[1], d);
        if (problem !== undefined) return problem;
      }
      return undefined;
    },
  ],
]);

/** Deeper predicates are refused at load: evaluation recurses. */
export const maxPredicateDepth = 1_000;

function firstProblem(rulesToCheck: readonly unknown[], depth: number): string | undefined {
  for (const rule of rulesToCheck) {
    const problem = problemOf(rule, depth);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function problemOf(rule: unknown, depth: number): string | undefined {
  if (depth > maxPredicateDepth) return `a predicate is nested more than ${maxPredicateDepth} deep`;
  if (typeof rule === "boolean" || typeof rule === "string") return undefined;
  if (typeof rule === "number") return Number.isFinite(rule) ? undefined : "a number is not finite";
  if (Array.isArray(rule)) return firstProblem(rule, depth + 1);
  if (typeof rule !== "object" || rule === null) return "a predicate holds a value that is no rule";
  const keys = Object.keys(rule);
  const operator = keys[0];
  if (operator === undefined || keys.length !== 1)
    return `a rule is an object with one operator, this has ${keys.length}`;
  const check = operators.get(operator);
  if (check === undefined) return `\`${operator.slice(0, 60)}\` is not an operator`;
  const operands = (rule as Record<string, unknown>)[operator];
  if (!Array.isArray(operands)) return `\`${operator}\` takes a list of operands`;
  const problem = check(operands, depth + 1);
  return problem === undefined || problem.includes("`") || problem.startsWith("a ")
    ? problem
    : `\`${operator}\` ${problem}`;
}

/** What is wrong with a predicate; undefined where it is well-formed. */
export const predicateProblem = (rule: unknown): string | undefined => problemOf(rule, 0);
