import { createEngine, type Engine } from "../../../src/engine/engine.js";
import type { Decision, Leaf, Question } from "../../../src/ir/decision.js";
import type { Json } from "../../../src/ir/json.js";
import type { Confirmation, Ruling } from "../../../src/ir/knowledge.js";
import { loadPolicy } from "../../../src/ir/load.js";
import { readJson } from "../../../src/ir/read-json.js";
import type { Case, JsonObject } from "../cases.js";
import { knowledgeOf } from "./setting.js";

const engines = new WeakMap<JsonObject, Map<string, Engine>>();

/** An engine for a policy of the file, loaded as a built policy is. */
function engineOf({ policies, data }: Case): Engine {
  const name = data.policy as string;
  const known = engines.get(policies) ?? new Map<string, Engine>();
  engines.set(policies, known);
  const ready = known.get(name);
  if (ready !== undefined) return ready;
  const loaded = loadPolicy(JSON.stringify(policies[name]));
  if (!loaded.ok) throw new Error(`the policy \`${name}\` cannot be loaded: ${loaded.problem}`);
  const engine = createEngine(loaded.policy);
  known.set(name, engine);
  return engine;
}

/** What is proposed: as JSON, or as text where that is what matters. */
export function proposalOf(data: JsonObject): Json {
  if (typeof data.text !== "string") return data.proposal as Json;
  const read = readJson(data.text);
  return read.ok ? read.value : { malformed: read.problem };
}

export function decisionAnswer(one: Case): JsonObject {
  const engine = engineOf(one);
  const setting = (one.data.knowledge ?? {}) as JsonObject;
  const proposal = proposalOf(one.data);
  const bare = knowledgeOf(engine.policy, setting);
  const digest = engine.evaluate(proposal, bare).decision.proposal;
  const words = {
    rulings: rulingsOf(setting, digest),
    confirmations: confirmationsOf(setting, digest, engine.digest),
  };
  return toldDecision(engine.decide(proposal, { ...bare, ...words }).decision);
}

const other = `sha256:${"0".repeat(64)}`;

/** `for`: `this` proposal (unless told), `another`, or the `session`. */
export function rulingsOf(setting: JsonObject, digest: string): Ruling[] {
  return ((setting.rulings ?? []) as unknown as JsonObject[]).map(({ question, answer, by, for: whom }) => ({
    question: question as string,
    answer: answer as boolean,
    by: by as string,
    ...(whom === "session" ? {} : { proposal: whom === "another" ? other : digest }),
  }));
}

/** `of`: `this` proposal under this policy (unless told), `another proposal`, or `another policy`. */
export function confirmationsOf(setting: JsonObject, digest: string, policy: string): Confirmation[] {
  return ((setting.confirmations ?? []) as unknown as JsonObject[]).map(({ by, answer, of }) => ({
    by: by as string,
    answer: (answer ?? true) as boolean,
    proposal: of === "another proposal" ? other : digest,
    policy: of === "another policy" ? other : policy,
  }));
}

/** A decision in the fields that cases speak of. */
export function toldDecision(decision: Decision): JsonObject {
  const { scope, grounding, reversibility, discernment } = decision.assessments;
  return {
    decision: decision.decision,
    stoppedBy: decision.stoppedBy,
    action: decision.action as Json,
    scope: scope.finding,
    grounding: grounding.finding,
    reversibility: reversibility.finding,
    discernment: discernment.finding,
    confidence: grounding.confidence,
    support: grounding.support,
    claims: grounding.claims.map(({ name, problem, atMost }) =>
      atMost === undefined ? [name, problem] : [name, problem, atMost],
    ),
    unknowns: [
      ...new Set([...scope.unknowns, ...grounding.unknowns, ...reversibility.unknowns].map(({ key }) => key)),
    ].sort(),
    class: reversibility.class,
    mildest: reversibility.mildest,
    awaiting: reversibility.awaiting,
    undo: reversibility.undo as unknown as Json,
    ambiguity: discernment.ambiguity,
    threshold: discernment.threshold,
    refusedBy: discernment.refusedBy,
    remedies: [...new Set(decision.remedies.map(({ validator, kind }) => `${validator} ${kind}`))].sort(),
    from: [...new Set(decision.remedies.flatMap(({ from }) => from ?? []))].sort(),
    questions:
      decision.report === null || decision.report.questions === null
        ? null
        : treeOf(decision.report.questions),
  };
}

/** A tree of questions without its words: key, whom, and what follows from each answer. */
function treeOf(node: Question | Leaf): Json {
  if (!("key" in node)) return node.confirmBy === undefined ? node.decision : { confirm: node.confirmBy };
  return {
    key: node.key,
    ask: node.ask,
    choices: node.choices.map(({ answer, then }) => [answer, treeOf(then)]),
  };
}
