/** json-logic-engine: the rules of each tool as one JsonLogic expression, compiled. */
import { LogicEngine } from "json-logic-engine";
import { forbidsByTool } from "../decide/peers/forbids.js";
import { byTool } from "../decide/peers/grouped.js";
import { trusted } from "../decide/peers/trusting.js";
import { cannotSay } from "./shapes.js";

const read = (name) => ({ var: name });

function logicOf(condition) {
  const { op } = condition;
  const arg = read(`args.${condition.arg}`);
  const logics = (parts) => parts.map(logicOf);
  switch (op) {
    case "within":
      return { startsWith: [arg, `${condition.path}/`] };
    case "atMost":
      return { "<=": [arg, condition.most] };
    case "atLeast":
      return { ">=": [arg, condition.least] };
    case "is":
      return { "===": [arg, condition.value] };
    case "anyRole":
      return { some: [read("roles"), { in: [read(""), condition.roles] }] };
    case "every":
      return { all: [arg, { in: [read(""), condition.values] }] };
    case "some":
      return { some: [arg, { in: [read(""), condition.values] }] };
    case "all":
      return { and: logics(condition.parts) };
    case "any":
      return { or: logics(condition.parts) };
    case "not":
      return { "!": [logicOf(condition.part)] };
    case "either":
      return { if: logics([condition.when, condition.then, condition.otherwise]) };
    default:
      throw new Error(`there is no JsonLogic here for ${op}`);
  }
}

/** In groups: of ten thousand in one `or` the compiled expression is nested too deep for V8. */
const perGroup = 500;
const anyOf = (rules) => ({
  or: Array.from({ length: Math.ceil(rules.length / perGroup) }, (_, i) => ({
    or: rules.slice(i * perGroup, (i + 1) * perGroup),
  })),
});

export const jsonLogic = {
  name: "json-logic",
  title: "json-logic-engine, compiled, per tool",
  checks: "rules",
  cannot: cannotSay({}),
  prepare({ policy }) {
    const engine = new LogicEngine();
    engine.addMethod("startsWith", ([text, start]) => text.startsWith(start), { deterministic: true });
    const logic = ({ when }) => logicOf(when);
    const permits = byTool(policy, policy.permits, logic);
    const forbids = forbidsByTool(policy, logic);
    const built = new Map();
    for (const [tool, rules] of permits)
      built.set(tool, engine.build({ and: [anyOf(rules), { "!": [{ or: forbids.get(tool) }] }] }));
    return {
      input: trusted,
      decide: (request) => (built.get(request.tool)(request) ? "authorize" : "return"),
    };
  },
};
