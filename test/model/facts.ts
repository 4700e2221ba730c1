import type { FactQuestion, Knowledge, SourceAnswer } from "../../src/ir/knowledge.js";
import type { FactIr, PolicyIr } from "../../src/ir/policy.js";
import type { Json } from "../../src/ir/json.js";
import { readings } from "./readings.js";
import { absent, known, sameJson, type Term } from "./term.js";
import { normal } from "./values.js";

/** Where a question to the world stands (semantics.md, *grounding*). */
export interface FactState {
  readonly question: FactQuestion;
  /** Nobody has asked the sources yet. */
  readonly unasked: boolean;
  readonly known: boolean;
  readonly contested: boolean;
  /** `null` where it is known to be absent. */
  readonly value: Json | null;
  readonly support: number;
}

/** Degrees are rounded to 6 places. */
export const degree = (value: number): number => Math.round(value * 1e6) / 1e6;

/** What a source says: a value of the fact's type, `null` for none; undefined where it is silent. */
type Said = Json | null | undefined;

export function factState(policy: PolicyIr, knowledge: Knowledge, question: FactQuestion): FactState {
  const fact = policy.facts.find((one) => one.name === question.fact) as FactIr;
  const asked = knowledge.answers.find(
    (answer) => answer.fact === question.fact && sameJson([...answer.args], [...question.args]),
  );
  const sources = fact.from
    .map(({ source }) => worldSource(policy, source))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const said = sources.map((source) => saidBy(policy, knowledge, fact, source, asked?.answers ?? []));
  const answers = said.filter((one) => one !== undefined);
  const contested = answers.some((a) => answers.some((b) => !agree(fact, a, b)));
  const mostTrusted = sources.reduce((best, source, at) =>
    source.trust > best.trust && said[at] !== undefined ? source : best,
  );
  return {
    question,
    unasked: asked === undefined,
    known: answers.length === sources.length && !contested,
    contested,
    value: said[sources.indexOf(mostTrusted)] ?? null,
    support: degree(1 - sources.reduce((product, source) => product * (1 - source.trust), 1)),
  };
}

export function factTerm(state: FactState): Term | undefined {
  if (!state.known) return undefined;
  return state.value === null ? absent : known(state.value);
}

interface WorldSource {
  readonly name: string;
  readonly trust: number;
  readonly fresh: number | undefined;
}

function worldSource(policy: PolicyIr, name: string): WorldSource {
  const source = policy.sources.find((one) => one.name === name);
  if (source === undefined || source.kind === "tool") throw new Error(`no source of facts: ${name}`);
  return { name, trust: source.trust, fresh: source.fresh };
}

/** It answers when it gives exactly one value of the fact's type (with `?`, or none) no older than `fresh`. */
function saidBy(
  policy: PolicyIr,
  { now }: Knowledge,
  fact: FactIr,
  source: WorldSource,
  answers: readonly SourceAnswer[],
): Said {
  const own = answers.filter((one) => one.source === source.name);
  const [answer] = own;
  if (answer === undefined || own.length > 1 || "silent" in answer) return undefined;
  const tooOld = source.fresh !== undefined && answer.at !== undefined && now - answer.at > source.fresh;
  if (tooOld) return undefined;
  if (answer.value === null) return fact.optional ? null : undefined;
  return normal(fact.type, answer.value, readings.answersInZone ? policy.zone : "UTC");
}

/** Equal, or within `agree within R` of the greater. */
function agree(fact: FactIr, a: Json | null, b: Json | null): boolean {
  if (sameJson(a, b)) return true;
  if (fact.agree === undefined || typeof a !== "number" || typeof b !== "number") return false;
  return Math.abs(a - b) <= fact.agree * Math.max(Math.abs(a), Math.abs(b));
}
