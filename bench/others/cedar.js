/** Cedar as WebAssembly: the policies are parsed once and kept on its side; a request crosses over as plain data. */
import { preparsePolicySet, statefulIsAuthorized } from "@cedar-policy/cedar-wasm/nodejs";
import { trusted } from "../decide/peers/trusting.js";
import { cannotSay } from "./shapes.js";

const quoted = (text) => JSON.stringify(text);
const setOf = (values) => `[${values.map(quoted).join(", ")}]`;

function exprOf(condition) {
  const { op, arg } = condition;
  const joined = (sign) => `(${condition.parts.map(exprOf).join(` ${sign} `)})`;
  switch (op) {
    case "within":
      return `context.${arg} like ${quoted(`${condition.path}/*`)}`;
    case "atMost":
      return `context.${arg} <= ${condition.most}`;
    case "atLeast":
      return `context.${arg} >= ${condition.least}`;
    case "is":
      return `context.${arg} == ${quoted(condition.value)}`;
    case "anyRole":
      return `context.roles.containsAny(${setOf(condition.roles)})`;
    case "every":
      return `${setOf(condition.values)}.containsAll(context.${arg})`;
    case "some":
      return `context.${arg}.containsAny(${setOf(condition.values)})`;
    case "all":
      return joined("&&");
    case "any":
      return joined("||");
    case "not":
      return `!(${exprOf(condition.part)})`;
    case "either":
      return `(if ${exprOf(condition.when)} then ${exprOf(condition.then)} else ${exprOf(condition.otherwise)})`;
    default:
      throw new Error(`there is no Cedar here for ${op}`);
  }
}

const policyText =
  (effect) =>
  ({ tool, when }) =>
    `${effect}(principal, action, resource${tool === "*" ? "" : ` == Tool::${quoted(tool)}`}) when { ${exprOf(when)} };`;

const principal = { type: "Agent", id: "agent" };
const action = { type: "Action", id: "call" };

let kept = 0;

export const cedar = {
  name: "cedar",
  title: "Cedar (WebAssembly, parsed before)",
  checks: "rules",
  cannot: cannotSay({}),
  prepare({ policy }) {
    const forbids = [policy, ...(policy.above ?? [])].flatMap((layer) => layer.forbids ?? []);
    const staticPolicies = [
      ...policy.permits.map(policyText("permit")),
      ...forbids.map(policyText("forbid")),
    ].join("\n");
    kept += 1;
    const preparsedPolicySetId = `workload-${kept}`;
    const answer = preparsePolicySet(preparsedPolicySetId, { staticPolicies });
    if (answer.type !== "success") throw new Error(`Cedar: ${answer.errors[0]?.message}`);
    return {
      input(request) {
        const { tool, args, roles } = trusted(request);
        return {
          principal,
          action,
          resource: { type: "Tool", id: tool },
          context: { ...args, roles },
          entities: [],
          preparsedPolicySetId,
        };
      },
      decide(call) {
        const said = statefulIsAuthorized(call);
        if (said.type !== "success") throw new Error(`Cedar: ${said.errors[0]?.message}`);
        return said.response.decision === "allow" ? "authorize" : "return";
      },
    };
  },
};
