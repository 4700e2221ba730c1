import type { Json } from "../../../src/ir/json.js";
import type { PolicyIr, ToolIr } from "../../../src/ir/policy.js";
import type { Proposal } from "../../../src/ir/proposal.js";
import type { Draw } from "./choices.js";
import { sample, sampleFields, strangers } from "./values.js";

const confidences = [0.9, 1, 0.6, 0.5, 0.95, 0.3, 0, 0.599999, 0.5999996];

/** A proposal that mostly fits the policy; some nearly fit, and a few are of another world. */
export function proposalOf(draw: Draw, policy: PolicyIr): unknown {
  return draw.span(() => {
    const tool = draw.pick(policy.tools);
    const proposal = fitting(draw, policy, tool);
    const kind = draw.weighted([
      [60, "fits"],
      [5, "nearly"],
      [1, "misfit"],
    ]);
    if (kind === "fits") return proposal;
    return kind === "nearly" ? nearly(draw, proposal) : misfit(draw);
  });
}

function fitting(draw: Draw, policy: PolicyIr, tool: ToolIr): Proposal {
  const claims = policy.claims.filter(() => !draw.chance(12));
  return {
    tool: tool.name,
    args: sampleFields(draw, tool.params),
    ...(draw.chance(90) ? { confidence: draw.pick(confidences) } : {}),
    ...(claims.length === 0
      ? {}
      : { claims: Object.fromEntries(claims.map((claim) => [claim.name, madeClaim(draw, claim.type)])) }),
    ...(draw.chance(20) ? { message: "Summarise it" } : {}),
    ...(draw.chance(5) ? { session: "s1" } : {}),
  };
}

function madeClaim(
  draw: Draw,
  type: PolicyIr["claims"][number]["type"],
): { value: Json; confidence?: number } {
  const value = draw.chance(3) ? draw.pick(strangers) : sample(draw, type).json;
  return draw.chance(85) ? { value, confidence: draw.pick(confidences) } : { value };
}

/** One thing of it is wrong. */
function nearly(draw: Draw, proposal: Proposal): unknown {
  const names = Object.keys(proposal.args);
  const name = names.length === 0 ? "n" : draw.pick(names);
  const { [name]: _, ...others } = proposal.args;
  switch (draw.below(8)) {
    case 0:
      return { ...proposal, args: others };
    case 1:
      return { ...proposal, args: { ...proposal.args, [name]: draw.pick(strangers) } };
    case 2:
      return { ...proposal, args: { ...proposal.args, stranger: 1 } };
    case 3:
      return { ...proposal, tool: "no.tool" };
    case 4:
      return { ...proposal, confidence: draw.pick([-1, 2, Number.NaN, "high", null]) };
    case 5:
      return { ...proposal, ...draw.pick([{ session: "s0" }, { tier: "ghost" }, { actor: "somebody" }]) };
    case 6:
      // An own key, as it comes out of JSON.
      return JSON.parse(
        `{"tool":${JSON.stringify(proposal.tool)},"args":{"__proto__":{}},"claims":{"__proto__":{"value":1}}}`,
      );
    default:
      return { ...proposal, claims: { stranger: { value: 1, confidence: draw.pick(confidences) } } };
  }
}

const misfit = (draw: Draw): unknown =>
  draw.pick<unknown>([
    null,
    undefined,
    "tool",
    [],
    {},
    { tool: "a.get" },
    { args: {} },
    { tool: 1, args: [] },
    7,
    () => 1,
    Symbol("x"),
    10n,
  ]);
