// The mechanical translation of a rule of JsonLogic into a predicate of the IR. It changes spelling, never meaning:
// whether the result is loaded, and what it is, the engine says.

/** Thrown where a rule has no counterpart to be tried; the message says why. */
export class NoCounterpart extends Error {}

const renamed = new Map([
  ["==", "==="],
  ["!=", "!=="],
  ["?:", "if"],
]);
const folded = new Set(["+", "*"]);
const chained = new Set(["<", "<="]);
const iterators = new Map([
  ["all", "every"],
  ["some", "some"],
  ["none", "some"],
]);
const element = "item";

/** `inside`: whether it stands in the body of an iterator, where data are the element. */
export function translate(rule, inside = false) {
  if (Array.isArray(rule)) return rule.map((item) => translate(item, inside));
  if (typeof rule !== "object" || rule === null) return rule;
  const [operator, ...others] = Object.keys(rule);
  if (operator === undefined || others.length > 0) return rule;
  const written = rule[operator];
  const operands = Array.isArray(written) ? written : [written];
  if (operator === "var") return variable(operands, inside);
  if (iterators.has(operator)) return iterated(operator, operands, inside);
  return operation(
    operator,
    operands.map((operand) => translate(operand, inside)),
  );
}

function operation(operator, operands) {
  const name = renamed.get(operator) ?? operator;
  if (name === "if" && operands.length > 3)
    return { if: [operands[0], operands[1], operation("if", operands.slice(2))] };
  if (folded.has(name) && operands.length > 2)
    return operands.slice(1).reduce((left, right) => ({ [name]: [left, right] }), operands[0]);
  if (chained.has(name) && operands.length === 3)
    return { and: [{ [name]: operands.slice(0, 2) }, { [name]: operands.slice(1) }] };
  return { [name]: operands };
}

/** `{"var": "a.b"}` is the argument `a` and its field `b`; with a default, an `if` over `has`. */
function variable([path, ...rest], inside) {
  if (typeof path === "object" && path !== null)
    throw new NoCounterpart("a path that is computed: what a condition reads is written out");
  const whole = path === undefined || path === null || path === "";
  if (whole && !inside) throw new NoCounterpart("all data as one value: an action has arguments by name");
  const steps = whole ? [] : String(path).split(".");
  const read = { val: inside ? ["local", element, ...steps] : ["arg", ...steps] };
  return rest.length === 0 ? read : { if: [{ has: [read] }, read, translate(rest[0], inside)] };
}

function iterated(operator, [list, body], inside) {
  const rule = { [iterators.get(operator)]: [element, [translate(list, inside)], translate(body, true)] };
  return operator === "none" ? { "!": [rule] } : rule;
}
