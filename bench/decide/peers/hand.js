/** Hand-written, four times: rules alone or the same checks as the engine's, tried one after another or found in an index. */
import { knowledgeFor, proposalOf } from "../given.js";
import { checkedDecision } from "./checked.js";
import { byFolder, oneByOne } from "./finders.js";
import { indexedRules, isFlat, plainRules } from "./rules.js";
import { statementParts } from "./statements.js";
import { moreThanRules, trusted } from "./trusting.js";

const notFlat = "its columns hold a folder, a bound and roles, and nothing else";

const rulesOnly = (name, title, make, cannot) => ({
  name,
  title,
  checks: "rules",
  cannot: (workload) => moreThanRules(workload) ?? cannot(workload),
  prepare({ policy }) {
    const isPermitted = make(policy);
    return {
      input: trusted,
      decide: ({ tool, args, roles }) => (isPermitted(tool, args, roles) ? "authorize" : "return"),
    };
  },
});

const sameChecks = (name, title, make, finder, cannot) => ({
  name,
  title,
  checks: "all",
  cannot,
  prepare(workload) {
    const { policy } = workload;
    const decide = checkedDecision(policy, {
      isPermitted: make(policy),
      toolParts: statementParts(policy, finder),
    });
    const knowledge = knowledgeFor(workload);
    return {
      input: (request) => ({ proposal: proposalOf(request), knowledge: knowledge(request) }),
      decide: (input) => decide(input.proposal, input.knowledge).decision,
      findings: (input) => decide(input.proposal, input.knowledge),
    };
  },
});

const always = () => undefined;
const flatOnly = ({ policy }) => (isFlat(policy) ? undefined : notFlat);

export const hand = rulesOnly("hand", "hand-written, rules only", plainRules, always);
export const handIndexed = rulesOnly(
  "hand-indexed",
  "hand-written, indexed, rules only",
  indexedRules,
  flatOnly,
);
export const handChecked = sameChecks(
  "hand-checked",
  "hand-written, same checks",
  plainRules,
  oneByOne,
  always,
);
export const handIndexedChecked = sameChecks(
  "hand-indexed-checked",
  "hand-written, indexed, same checks",
  indexedRules,
  byFolder,
  flatOnly,
);
