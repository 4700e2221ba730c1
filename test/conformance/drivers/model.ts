import type { Json } from "../../../src/ir/json.js";
import type { Knowledge } from "../../../src/ir/knowledge.js";
import { loadPolicy } from "../../../src/ir/load.js";
import type { PolicyIr } from "../../../src/ir/policy.js";
import type { Predicate, TracedForm } from "../../../src/ir/predicate.js";
import { parseTime } from "../../../src/ir/value.js";
import { modelDecide } from "../../model/decide.js";
import { worldOf } from "../../model/fit.js";
import { put } from "../../model/put.js";
import { termOf } from "../../model/term.js";
import { everything } from "../../model/world.js";
import type { Case, JsonObject } from "../cases.js";
import type { Answer, Driver } from "../run.js";
import { confirmationsOf, proposalOf, rulingsOf } from "./decision.js";
import { knowledgeOf, policyOf, valuesOf } from "./setting.js";

/** Asks the reference model (test/model), which is written from the page alone: what it speaks of, and no more. */
export const model: Driver = {
  name: "reference model",
  run: async (cases) => cases.map(answerOf),
};

function answerOf(one: Case): Answer {
  if (one.data.unchecked === true) return { uncovered: "no policy that checks holds this" };
  switch (one.kind) {
    case "predicate":
      return { answer: { value: predicateValue(one.data) } };
    case "traced":
      return tracedValue(one.data);
    case "decision":
    case "layers":
      return decisionOf(one);
    default:
      return { uncovered: "the model has no such function by itself" };
  }
}

const digests = { proposal: "this proposal", policy: "this policy" };

function predicateValue(data: JsonObject): Json {
  const policy = policyOf(data);
  const knowledge = knowledgeOf(policy, { ...data, givens: valuesOf(data.givens) });
  const claims = Object.entries(valuesOf(data.claims)).map(([name, value]) => [name, { value }]);
  const proposal = { tool: "act", args: data.args ?? {}, claims: Object.fromEntries(claims) as JsonObject };
  return valueIn(policy, knowledge, proposal, data.predicate as Predicate);
}

function valueIn(policy: PolicyIr, knowledge: Knowledge, proposal: Json, predicate: Predicate): Json {
  const world = worldOf(policy, proposal, knowledge, digests);
  if (world === undefined) throw new Error("the arguments do not fit");
  const term = put(termOf(predicate), everything(world));
  if ("absent" in term) return { absent: true };
  if (!("known" in term)) return { unknown: true };
  return typeof term.known === "boolean" ? term.known : { value: term.known };
}

/** By a predicate: the value stands in a given, for a condition may hold any value. */
function tracedValue(data: JsonObject): Answer {
  const { form, to, of = "value", zone = "UTC" } = data;
  const value = form === "time" ? parseTime(data.value as string, zone as string) : data.value;
  const policy = policyOf({ ...data, params: [{ name: "x", type: "json" }] });
  const instruction = data.instruction === undefined ? {} : { instruction: data.instruction };
  const knowledge = knowledgeOf(policy, {
    ...data,
    session: { id: "s", ...instruction },
    givens: valuesOf(data.givens),
  });
  const predicate = { traced: [{ val: ["arg", "x"] }, to, form as TracedForm, of] } as unknown as Predicate;
  const traced = valueIn(policy, knowledge, { tool: "act", args: { x: value as Json } }, predicate);
  // Its support shows in decisions only: the cases of decisions ask for it.
  return { answer: { traced, support: traced === true ? (data.support ?? null) : 0 } };
}

/** Of a decision the model tells findings and degrees; remedies, questions and reports are not on its page. */
const told = [
  "decision",
  "stoppedBy",
  "scope",
  "grounding",
  "reversibility",
  "discernment",
  "class",
  "mildest",
  "awaiting",
  "confidence",
  "support",
  "ambiguity",
  "threshold",
  "refusedBy",
];

function decisionOf(one: Case): Answer {
  const fields = Object.keys(one.expected).filter((field) => told.includes(field));
  const loaded = loadPolicy(JSON.stringify(one.policies[one.data.policy as string]));
  if (!loaded.ok) throw new Error(loaded.problem);
  const { policy } = loaded;
  const setting = (one.data.knowledge ?? {}) as JsonObject;
  const knowledge = {
    ...knowledgeOf(policy, setting),
    rulings: rulingsOf(setting, digests.proposal),
    confirmations: confirmationsOf(setting, digests.proposal, digests.policy),
  };
  const { findings, ...verdict } = modelDecide(policy, proposalOf(one.data), knowledge, digests);
  const answer: JsonObject = { ...(verdict as unknown as JsonObject), ...findings };
  const rest = Object.fromEntries(Object.entries(one.expected).filter(([field]) => !fields.includes(field)));
  return {
    answer: { ...rest, ...Object.fromEntries(fields.map((field) => [field, answer[field] ?? null])) },
  };
}
