/**
 * Conditions as a good engineer writes them in JavaScript. The flat ones, of which there may be thousands, are closures over their
 * numbers, as in any table of rules; any other is code of its own, made from the text that one would type.
 * Each is called with the arguments (in normal form) and the actor's roles.
 */
import { partsOf } from "../conditions.js";

const flatShape = "within,atMost,anyRole";

export function closure(condition) {
  if (condition === undefined) return () => true;
  const parts = partsOf(condition);
  if (parts.map(({ op }) => op).join() === flatShape) return flatClosure(parts);
  const sets = [];
  const body = code(condition, sets);
  return new Function("sets", `return (args, roles) => ${body};`)(sets);
}

function flatClosure([inside, bound, role]) {
  const below = `${inside.path}/`;
  const { most } = bound;
  const allowed = new Set(role.roles);
  return (args, roles) => args.amount <= most && args.path.startsWith(below) && hasOne(roles, allowed);
}

export function hasOne(roles, allowed) {
  for (let i = 0; i < roles.length; i += 1) if (allowed.has(roles[i])) return true;
  return false;
}

/** The JavaScript of a condition; sets of values are hoisted. */
function code(condition, sets) {
  const arg = `args.${condition.arg}`;
  const setOf = (values) => `sets[${sets.push(new Set(values)) - 1}]`;
  const joined = (sign) => `(${condition.parts.map((part) => code(part, sets)).join(` ${sign} `)})`;
  switch (condition.op) {
    case "within":
      return `${arg}.startsWith(${JSON.stringify(`${condition.path}/`)})`;
    case "atMost":
      return `${arg} <= ${condition.most}`;
    case "atLeast":
      return `${arg} >= ${condition.least}`;
    case "is":
      return `${arg} === ${JSON.stringify(condition.value)}`;
    case "oneOf":
      return `${setOf(condition.values)}.has(${arg})`;
    case "short":
      // Characters are at most as many as code units.
      return `(${arg}.length <= ${condition.most} || [...${arg}].length <= ${condition.most})`;
    case "anyRole":
      return `roles.some((role) => ${setOf(condition.roles)}.has(role))`;
    case "every":
    case "some":
      return `${arg}.${condition.op}((one) => ${setOf(condition.values)}.has(one))`;
    case "all":
      return joined("&&");
    case "any":
      return joined("||");
    case "not":
      return `!(${code(condition.part, sets)})`;
    case "either":
      return `(${[condition.when, condition.then, condition.otherwise].map((part) => code(part, sets)).reduce((a, b, i) => `${a}${i === 1 ? " ? " : " : "}${b}`)})`;
    default:
      throw new Error(`by hand nobody has written ${condition.op}`);
  }
}
