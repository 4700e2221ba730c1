/**
 * A full decision by hand, with the same checks as the engine's: the proposal against its signature, the rules, the limits, the
 * checks of grounding and what they rest on, the class and what it asks of the calibrated confidence, gray lines and the threshold.
 * Gives the decision and the four findings.
 */
import { isProposal, signatureOf } from "./signature.js";

const outside = {
  decision: "return",
  scope: "outside",
  grounding: "unverified",
  reversibility: "indeterminate",
  discernment: "clear",
};

/**
 * `isPermitted(tool, args, roles)`; the other three by tool: `checkOf(args, roles, knowledge)` the least truth of its checks (false,
 * undefined, true) with the support, `classOf(args, roles)` a place in the chain, `grayOf(args, roles)` the greatest weight,
 * `isPassed(args, history)` whether a limit is.
 */
export function checkedDecision(policy, { isPermitted, toolParts }) {
  const tools = new Map(
    policy.tools.map((tool) => [tool.name, { read: signatureOf(tool), ...toolParts(tool.name) }]),
  );
  const bars = policy.classes.map((_, place) => barOf(policy.classes.slice(0, place + 1)));
  const { unsupported, threshold } = policy;
  return (proposal, knowledge) => {
    if (!isProposal(proposal, knowledge)) return outside;
    const tool = tools.get(proposal.tool);
    const args = tool === undefined ? undefined : tool.read(proposal.args);
    if (args === undefined) return outside;
    const { roles } = knowledge.actor;
    const isWithin =
      isPermitted(proposal.tool, args, roles) &&
      (tool.isPassed === undefined || !tool.isPassed(args, knowledge.history));
    const check = tool.checkOf(args, roles, knowledge);
    const confidence = proposal.confidence ?? 0;
    const calibrated = Math.min(confidence, check.support ?? unsupported);
    const bar = bars[tool.classOf(args, roles)];
    const doubt = check.truth === undefined ? 1 : tool.grayOf(args, roles);
    const scope = isWithin ? "within" : "outside";
    const grounding =
      check.truth === true ? "grounded" : check.truth === false ? "contradicted" : "unverified";
    const reversibility = calibrated < bar ? "held" : "recoverable";
    const discernment = doubt > threshold ? "ambiguous" : "clear";
    return {
      decision: wordOf(isWithin, check.truth, reversibility === "held", discernment === "ambiguous"),
      scope,
      grounding,
      reversibility,
      discernment,
    };
  };
}

/** The confidence that a class asks for, with the milder ones; more than there is where a principal must confirm. */
const barOf = (classes) =>
  classes.some(({ confirm }) => confirm)
    ? 2
    : Math.max(0, ...classes.map(({ confidence }) => confidence ?? 0));

function wordOf(isWithin, truth, held, ambiguous) {
  if (!isWithin || truth === false) return "return";
  if (truth === undefined || ambiguous) return "clarify";
  return held ? "confirm" : "authorize";
}
