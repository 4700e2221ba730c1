/** Reshimu through its public API, three times: the word alone, the whole decision, and the decision as text. */
import { compilePolicy, createEngine } from "reshimu";
import { knowledgeFor, proposalOf } from "../given.js";
import { policyFiles } from "../policy-text.js";

/** Compiled once a workload, whatever is asked of it. */
const engines = new WeakMap();

export function engineFor(workload) {
  const ready = engines.get(workload);
  if (ready !== undefined) return ready;
  const engine = createEngine(compiled(workload.policy));
  engines.set(workload, engine);
  return engine;
}

/** So many permits are compiled together: a file has at most 1 MiB. */
const permitsPerFile = 5_000;

/** The IR of a workload's policy; of one that is too long for a file, put together from those of its parts. */
function compiled(policy) {
  const { permits } = policy;
  const count = Math.ceil(permits.length / permitsPerFile);
  const [first, ...rest] = Array.from({ length: count }, (_, i) =>
    compiledPart({ ...policy, permits: permits.slice(i * permitsPerFile, (i + 1) * permitsPerFile) }),
  );
  return rest.reduce(joined, first);
}

function compiledPart(policy) {
  const files = policyFiles(policy);
  const read = (path) => ({ text: files[path.split("/").at(-1)] });
  const { policy: ir, diagnostics } = compilePolicy("policy.reshimu", { read });
  if (ir === null) throw new Error(diagnostics.find(({ severity }) => severity === "error")?.message);
  return ir;
}

/** Two policies of one layer that differ in their permits, which stand in the order of their ids. */
function joined(a, b) {
  const [{ scope, ...layer }] = a.layers;
  const permits = [...scope.permits, ...b.layers[0].scope.permits].sort((x, y) => (x.id < y.id ? -1 : 1));
  return { ...a, layers: [{ ...layer, scope: { ...scope, permits } }], spans: { ...a.spans, ...b.spans } };
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
