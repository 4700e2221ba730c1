import { claimsOf } from "../../../src/engine/fit.js";
import { givensOf, KnownFrame, newLoops } from "../../../src/engine/frame.js";
import { canonicalJson, digest, policyDigest } from "../../../src/ir/digest.js";
import type { Json } from "../../../src/ir/json.js";
import { loadPolicy } from "../../../src/ir/load.js";
import type { FactIr, PolicyIr, WorldSourceIr } from "../../../src/ir/policy.js";
import type { Predicate, TracedForm } from "../../../src/ir/predicate.js";
import type { Proposal } from "../../../src/ir/proposal.js";
import { readJson } from "../../../src/ir/read-json.js";
import type { TypeIr } from "../../../src/ir/type.js";
import { normalise, normaliseFields, parseDuration, parseTime, toJson } from "../../../src/ir/value.js";
import { settle } from "../../../src/logic/facts.js";
import { prepare } from "../../../src/logic/prepare.js";
import { tokensOf } from "../../../src/logic/tokens.js";
import { originsOf } from "../../../src/logic/tracing.js";
import { isOpen, type Value } from "../../../src/logic/value.js";
import { leavesOf } from "../../../src/sources/observed.js";
import type { Case, JsonObject, Kind } from "../cases.js";
import type { Answer, Driver } from "../run.js";
import { decisionAnswer } from "./decision.js";
import { instant, knowledgeOf, policyOf, saidBy, valuesOf } from "./setting.js";
import { predicateSchema } from "../../../src/ir/schemas/predicate.js";

/** Asks the functions of src/. It covers every kind. */
export const library: Driver = {
  name: "library",
  run: async (cases) => cases.map((one): Answer => ({ answer: askers[one.kind](one) })),
};

const askers: { readonly [K in Kind]: (one: Case) => JsonObject } = {
  predicate: ({ data }) => ({ value: predicateValue(data) }),
  value: ({ data }) => ({ value: normalForm(data) }),
  fact: ({ data }) => ({ fact: settled(data) }),
  tokens: ({ data }) => ({ tokens: tokensOf(data.text as string) }),
  leaves: ({ data }) => ({ leaves: leavesOf(data.output as Json) as unknown as Json }),
  traced: ({ data }) => tracedValue(data),
  digest: ({ data }) => digested(data),
  "policy-digest": ({ data, policies }) => ({
    digest: policyDigest(policies[data.policy as string] as unknown as PolicyIr),
  }),
  load: ({ data }) => ({
    load: loadPolicy(textOf(data.policy as Json, data.text)).ok ? "accepted" : "refused",
  }),
  decision: decisionAnswer,
  layers: decisionAnswer,
};

const textOf = (value: Json, text: Json | undefined): string =>
  typeof text === "string" ? text : JSON.stringify(value);

/** As cases tell values: a truth value as itself. */
function told(value: Value): Json {
  if (value !== undefined && isOpen(value)) return { unknown: true };
  if (value === undefined) return { absent: true };
  return typeof value === "boolean" ? value : { value };
}

function predicateValue(data: JsonObject): Json {
  const policy = policyOf(data);
  const knowledge = knowledgeOf(policy, { ...data, givens: valuesOf(data.givens) });
  const { params } = policy.tools[0] as PolicyIr["tools"][number];
  const args = normaliseFields(params, (data.args ?? {}) as { [name: string]: Json }, policy.zone);
  if (!args.ok) throw new Error(`the arguments of \`${String(data.name)}\` do not fit: ${args.problem}`);
  const known = args.value as { [name: string]: Json };
  const claims = Object.entries(valuesOf(data.claims)).map(([name, value]) => [name, { value }]);
  const proposal = { tool: "act", args: {}, claims: Object.fromEntries(claims) } as Proposal;
  const facts = new Map(policy.facts.map((fact) => [fact.name, fact]));
  const slots = params.map(({ name }) => (Object.hasOwn(known, name) ? known[name] : undefined));
  const frame = new KnownFrame(
    { policy, facts, loops: newLoops() },
    knowledge,
    slots,
    claimsOf(policy, proposal),
    null,
  );
  const predicate = predicateSchema.parse(data.predicate) as Predicate;
  return told(prepare(predicate, new Map(params.map(({ name }, slot) => [name, slot]))).value(frame));
}

const illTyped = { "ill-typed": true };

function normalForm(data: JsonObject): Json {
  const read =
    typeof data.text === "string" ? readJson(data.text) : { ok: true as const, value: data.input as Json };
  if (!read.ok) return illTyped;
  const type = data.type as TypeIr;
  const normal = normalise(type, read.value, (data.zone ?? "UTC") as string);
  return normal.ok ? { normal: toJson(type, normal.value) } : illTyped;
}

function settled(data: JsonObject): Json {
  const now = instant(data.now);
  const sources = (data.sources as unknown as JsonObject[]).map(
    ({ name, trust, fresh }): WorldSourceIr => ({
      name: name as string,
      kind: "json",
      locator: "",
      trust: trust as number,
      ...(fresh === undefined ? {} : { fresh: parseDuration(fresh as string) }),
    }),
  );
  const fact: FactIr = {
    name: "f",
    optional: data.optional === true,
    params: [],
    type: data.type as TypeIr,
    from: sources.map(({ name }) => ({ source: name })),
    ...(data.agree === undefined ? {} : { agree: data.agree as number }),
  };
  const result = settle(
    fact,
    sources,
    { fact: "f", args: [], answers: saidBy(data.answers as Json, now) },
    { now, zone: "UTC" },
  );
  if (result.state === "contested") return { contested: true };
  if (result.state !== "known") return { unknown: true };
  const { value, support } = result;
  return value === undefined ? { absent: true, support } : { known: toJson(fact.type, value), support };
}

function tracedValue(data: JsonObject): JsonObject {
  const policy = policyOf(data);
  const session = { id: "s", ...(data.instruction === undefined ? {} : { instruction: data.instruction }) };
  const knowledge = knowledgeOf(policy, { ...data, session, givens: valuesOf(data.givens) });
  const form = data.form as TracedForm;
  const value =
    form === "time" ? (parseTime(data.value as string, policy.zone) as number) : (data.value as Json);
  const origins = originsOf(policy, knowledge, givensOf(policy, knowledge));
  const { truth, support } = origins.traced(value, data.to as string[], form, data.of === "fact");
  return { traced: told(truth), support };
}

function digested(data: JsonObject): JsonObject {
  const read =
    typeof data.text === "string" ? readJson(data.text) : { ok: true as const, value: data.value as Json };
  if (!read.ok) return { canonical: null, digest: null };
  return { canonical: canonicalJson(read.value), digest: digest(read.value as object) };
}
