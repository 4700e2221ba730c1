/** Grounds, treats, grays and limits of one tool by hand: tried one after another, or found by the folder they speak of. */
import { allOf, greatestOf } from "./finders.js";
import { byTool } from "./grouped.js";

/** As `checkedDecision` wants them. `finder` lays a tool's statements out: those always tried, and those of a folder. */
export function statementParts(policy, finder) {
  const places = new Map(policy.classes.map(({ name }, place) => [name, place]));
  const otherwise = places.get(policy.otherwise);
  const grounds = byTool(policy, policy.grounds, (one) => one);
  const treats = byTool(policy, policy.treats, (one) => one);
  const grays = byTool(policy, policy.grays, (one) => one);
  const limits = byTool(policy, policy.limits, (one) => one);
  return (tool) => {
    const limitsHere = limits.get(tool);
    return {
      checkOf: checksOf(grounds.get(tool), policy, finder),
      classOf: greatest(treats.get(tool), ({ as }) => places.get(as), otherwise, finder),
      grayOf: greatest(grays.get(tool), ({ weight }) => weight, 0, finder),
      isPassed: limitsHere.length === 0 ? undefined : passedBy(limitsHere, tool),
    };
  };
}

/** The greatest of what the true ones say; `otherwise` where none is. */
function greatest(statements, weigh, otherwise, finder) {
  const certain = statements.filter(({ when }) => when === undefined);
  const least = certain.length === 0 ? -1 : Math.max(...certain.map(weigh));
  const conditional = statements.filter(({ when }) => when !== undefined);
  const find = greatestOf(
    finder(conditional.map(({ when, ...rest }) => ({ when, value: weigh(rest) }))),
    least,
  );
  return (args, roles) => {
    const most = find(args, roles);
    return most === -1 ? otherwise : most;
  };
}

const content = { truth: true, support: undefined };
const contradicted = { truth: false, support: undefined };

function checksOf(grounds, policy, finder) {
  const isFact = ({ when }) => when.op === "factAtMost";
  // "Not in that folder, or so" matters in that folder only.
  const plain = allOf(
    finder(
      grounds.filter((ground) => !isFact(ground)),
      "not",
    ),
  );
  const facts = grounds.filter(isFact).map(({ when }) => factCheck(when, policy.trust));
  if (facts.length === 0) return (args, roles) => (plain(args, roles) ? content : contradicted);
  return (args, roles, knowledge) => {
    if (!plain(args, roles)) return contradicted;
    let truth = true;
    let support;
    for (const check of facts) {
      const found = check(args, knowledge);
      if (found.truth === false) return contradicted;
      if (found.truth === undefined) truth = undefined;
      else support = Math.min(support ?? 1, found.support);
    }
    return { truth, support };
  };
}

function factCheck({ fact, arg, most }, trust) {
  const supported = { truth: true, support: trust };
  return (args, { answers }) => {
    for (const answer of answers) {
      if (answer.fact !== fact || answer.args[0] !== args[arg]) continue;
      const [given] = answer.answers;
      if (given === undefined || !Number.isSafeInteger(given.value)) return { truth: undefined };
      return given.value <= most ? supported : contradicted;
    }
    return { truth: undefined };
  };
}

function passedBy(limits, tool) {
  return (args, history) => {
    for (const { sum, to } of limits) {
      let used = sum === undefined ? 1 : args[sum];
      for (const action of history)
        if (action.tool === tool) used += sum === undefined ? 1 : action.args[sum];
      if (used > to) return true;
    }
    return false;
  };
}
