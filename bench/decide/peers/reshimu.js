/** Reshimu through its public API, three times: the word alone, the whole decision, and the decision as text. */
import { compilePolicy, createEngine } from "reshimu";
import { knowledgeFor, proposalOf } from "../given.js";
import { policyFiles } from "../policy-text.js";

/** Compiled once a workload, whatever is asked of it. */
const engines = new WeakMap();

export function engineFor(workload) {
  const ready = engines.get(workload);
  if (ready !== undefined) return ready;
  const files = policyFiles(workload.policy);
  const read = (path) => ({ text: files[path.split("/").at(-1)] });
  const { policy, diagnostics } = compilePolicy("policy.reshimu", { read });
  if (policy === null)
    throw new Error(`${workload.name}: ${diagnostics.find(({ severity }) => severity === "error")?.message}`);
  const engine = createEngine(policy);
  engines.set(workload, engine);
  return engine;
}

const peer = (name, title, decideWith) => ({
  name,
  title,
  checks: "all",
  cannot: () => undefined,
  prepare(workload) {
    const engine = engineFor(workload);
    const knowledge = knowledgeFor(workload);
    return {
      input: (request) => ({ proposal: proposalOf(request), knowledge: knowledge(request) }),
      decide: decideWith(engine),
      findings: (input) => findingsOf(engine.evaluate(input.proposal, input.knowledge)),
    };
  },
});

const wordOf = (evaluation) => evaluation.clearance ?? evaluation.decision.decision;

function findingsOf({ decision: { decision, assessments } }) {
  const found = Object.entries(assessments).map(([validator, { finding }]) => [validator, finding]);
  return { decision, ...Object.fromEntries(found) };
}

export const reshimu = peer(
  "reshimu",
  "Reshimu, the word",
  (engine) => (input) => wordOf(engine.evaluate(input.proposal, input.knowledge)),
);

export const reshimuDecision = peer(
  "reshimu-decision",
  "Reshimu, the decision object",
  (engine) => (input) => engine.decide(input.proposal, input.knowledge).decision.decision,
);

export const reshimuText = peer("reshimu-text", "Reshimu, the decision as JSON", (engine) => (input) => {
  const { decision } = engine.decide(input.proposal, input.knowledge);
  return JSON.stringify(decision).length > 0 ? decision.decision : "";
});
