// Tries one case: translates its rule, loads it, evaluates it on its data, and says how the result compares.
import { isDeepStrictEqual } from "node:util";
import { bareFrame } from "../../dist/engine/frame.js";
import { prepare } from "../../dist/logic/prepare.js";
import { UNKNOWN } from "../../dist/logic/value.js";
import { NoCounterpart, translate } from "./translate.mjs";
import { predicateSchema } from "../../dist/ir/schemas/predicate.js";

const outside = (why) => ({ verdict: "outside the profile", why });
const different = (why) => ({ verdict: "different", why });

/** `same`, or another verdict and why. */
export function judge({ rule, data, result }) {
  let predicate;
  try {
    predicate = translate(rule);
  } catch (error) {
    if (error instanceof NoCounterpart) return outside(`not translated: ${error.message}`);
    throw error;
  }
  const problem = loadProblem(predicate);
  if (problem !== undefined) return outside(`refused at load: ${problem}`);
  if (Array.isArray(data)) return outside("data are a list: an action has arguments by name");
  const value = evaluate(predicate, data);
  if (value !== UNKNOWN && value !== undefined && isDeepStrictEqual(plain(value), plain(result)))
    return {
      verdict: "same",
      why: isDeepStrictEqual(predicate, rule) ? "" : `as \`${JSON.stringify(predicate)}\``,
    };
  return different(
    `${toldOf(value)} instead of \`${JSON.stringify(result)}\`: ${reasonOf(predicate, data, value)}`,
  );
}

const plain = (value) => JSON.parse(JSON.stringify(value));

function loadProblem(predicate) {
  const parsed = predicateSchema.safeParse(predicate);
  return parsed.success ? undefined : parsed.error.issues[0].message;
}

const toldOf = (value) =>
  value === UNKNOWN ? "unknown" : value === undefined ? "absent" : `\`${JSON.stringify(value)}\``;

/** Data are the arguments of an action, by name; null is absence. Names that rules read and data lack are optional. */
function evaluate(predicate, data) {
  const known = typeof data === "object" && data !== null ? data : {};
  const names = [...new Set([...Object.keys(known), ...argumentsOf(predicate)])];
  const slots = new Map(names.map((name, slot) => [name, slot]));
  return prepare(predicate, slots).value(bareFrame(names.map((name) => known[name] ?? undefined)));
}

function argumentsOf(rule) {
  if (typeof rule !== "object" || rule === null) return [];
  if (Array.isArray(rule)) return rule.flatMap(argumentsOf);
  if (Array.isArray(rule.val) && rule.val[0] === "arg") return [rule.val[1]];
  return Object.values(rule).flatMap(argumentsOf);
}

const conditions = new Set(["and", "or", "!", "if"]);
const numeric = new Set(["+", "-", "*", "/", "min", "max", "<", "<=", ">", ">="]);

/** Why the values differ, by trying the parts: the innermost that has no value by itself, or a meaning that is ours. */
function reasonOf(rule, data, value) {
  if (value === undefined) return "what is not there is absent, and no null";
  const open = innermost(rule, data) ?? rule;
  const [operator] = typeof open === "object" && !Array.isArray(open) ? Object.keys(open) : [];
  if (operator === "every" || operator === "some")
    return `\`${operator}\` over nothing is ${operator === "every" ? "true, as `and`" : "false, as `or`"} over nothing is`;
  const operands = (open[operator] ?? []).map((operand) => evaluate(operand, data));
  const kinds = [...new Set(operands.map((one) => (Array.isArray(one) ? "list" : typeof one)))];
  if (conditions.has(operator)) return `\`${operator}\` takes truth values, nothing else is taken for one`;
  if (operator === "in" && !Array.isArray(operands[1]))
    return "`in` asks for an element of a list, not for a part of a text";
  if (numeric.has(operator) && kinds.some((kind) => kind !== "number"))
    return `\`${operator}\` takes numbers, no text is turned into one`;
  if (operator === "===" || operator === "!==")
    return `\`${operator}\` takes two values of one type (here ${kinds.join(" and ")}), and of two it has no result`;
  throw new Error(`no reason is known for ${JSON.stringify(rule)}`);
}

/** The innermost part that is unknown while its own operands are not. */
function innermost(rule, data) {
  if (typeof rule !== "object" || rule === null) return undefined;
  if (Array.isArray(rule)) return firstOf(rule, data);
  const [operator] = Object.keys(rule);
  if (operator === "val" || operator === "every" || operator === "some") return undefined;
  return firstOf(rule[operator], data) ?? (evaluate(rule, data) === UNKNOWN ? rule : undefined);
}

function firstOf(rules, data) {
  for (const rule of rules) {
    const found = innermost(rule, data);
    if (found !== undefined) return found;
  }
  return undefined;
}
