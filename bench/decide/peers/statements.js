/** Grounds, treats, grays and limits of one tool by hand: tried one after another, or found by the folder they speak of. */
import { partsOf } from "../conditions.js";
import { closure } from "./closures.js";
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
  const { always, folders } = finder(conditional.map(({ when, ...rest }) => ({ when, value: weigh(rest) })));
  return (args, roles) => {
    let most = greatestOf(always, args, roles, least);
    if (folders !== undefined) {
      const { path } = args;
      for (let end = path.indexOf("/", 1); end !== -1; end = path.indexOf("/", end + 1)) {
        const here = folders.get(path.slice(0, end));
        if (here !== undefined) most = greatestOf(here, args, roles, most);
      }
    }
    return most === -1 ? otherwise : most;
  };
}

function greatestOf(tried, args, roles, least) {
  let most = least;
  for (let i = 0; i < tried.length; i += 1)
    if (tried[i].value > most && tried[i].test(args, roles)) most = tried[i].value;
  return most;
}

const content = { truth: true, support: undefined };
const contradicted = { truth: false, support: undefined };

function checksOf(grounds, policy, finder) {
  const isFact = ({ when }) => when.op === "factAtMost";
  const plain = checksWithoutFacts(
    grounds.filter((ground) => !isFact(ground)),
    finder,
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

/** Whether none is false. "Not in that folder, or so" matters in that folder only. */
function checksWithoutFacts(grounds, finder) {
  const { always, folders } = finder(
    grounds.map(({ when }) => ({ when, value: undefined })),
    "not",
  );
  return (args, roles) => {
    if (!allHold(always, args, roles)) return false;
    if (folders === undefined) return true;
    const { path } = args;
    for (let end = path.indexOf("/", 1); end !== -1; end = path.indexOf("/", end + 1)) {
      const here = folders.get(path.slice(0, end));
      if (here !== undefined && !allHold(here, args, roles)) return false;
    }
    return true;
  };
}

function allHold(tried, args, roles) {
  for (let i = 0; i < tried.length; i += 1) if (!tried[i].test(args, roles)) return false;
  return true;
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

/** All of them, one after another. */
export const oneByOne = (statements) => ({
  always: statements.map(({ when, value }) => ({ value, test: closure(when) })),
  folders: undefined,
});

/** Those without a folder, and those of each folder. `sense` "not": a statement says nothing outside its folder. */
export function byFolder(statements, sense) {
  const always = [];
  const folders = new Map();
  for (const { when, value } of statements) {
    const one = { value, test: closure(when) };
    const folder = sense === "not" ? folderExcused(when) : folderOf(when);
    if (folder === undefined) always.push(one);
    else if (folders.has(folder)) folders.get(folder).push(one);
    else folders.set(folder, [one]);
  }
  return { always, folders: folders.size === 0 ? undefined : folders };
}

const folderOf = (when) => partsOf(when).find(({ op }) => op === "within")?.path;

const folderExcused = (when) =>
  when.op === "any"
    ? when.parts.find(({ op, part }) => op === "not" && part.op === "within")?.part.path
    : undefined;
