import type { Json } from "../ir/json.js";
import type { FactAnswer, FactQuestion, SourceAnswer } from "../ir/knowledge.js";
import { canonicalJson } from "../ir/digest.js";
import { compareText } from "../ir/order.js";
import type { FactIr, PolicyIr, WorldSourceIr } from "../ir/policy.js";
import { normalise } from "../ir/value.js";
import { degree, isScalar, same } from "./value.js";

/** What is known of one fact after its sources were asked (semantics.md, *grounding*: known, contested, value, support). */
export type Settled =
  /** `value` undefined: known to be absent (a fact declared with `?`). */
  | { readonly state: "known"; readonly value: Json | undefined; readonly support: number }
  | { readonly state: "contested"; readonly reason: string }
  | { readonly state: "silent"; readonly reason: string }
  /** Nobody has been asked yet. */
  | { readonly state: "pending"; readonly reason: string };

interface Answer {
  readonly source: WorldSourceIr;
  readonly value: Json | undefined;
}

/** The key under which a fact's answer is kept. */
export function factKey(question: FactQuestion): string {
  const { fact, args } = question;
  // Of scalars RFC 8785 is what the platform writes.
  const told = args.every(isScalar) ? JSON.stringify(args) : canonicalJson(args);
  return `${fact}(${told.slice(1, -1)})`;
}

/** When answers are judged, and the zone of times without an offset. */
interface Instant {
  readonly now: number;
  readonly zone: string;
}

/** Judges the answers to one fact at one instant. */
export function settle(
  fact: FactIr,
  sources: PolicyIr["sources"],
  given: FactAnswer | undefined,
  { now, zone }: Instant,
): Settled {
  if (given === undefined) return { state: "pending", reason: "its sources have not been asked" };
  const answers: Answer[] = [];
  const silences: string[] = [];
  for (const { name, source } of originsOf(fact, sources)) {
    const said = given.answers.find((a) => a.source === name);
    const judged =
      source === undefined ? "is not a source of facts" : judge(fact, source, said, { now, zone });
    if (typeof judged === "string") silences.push(`\`${name}\` ${judged}`);
    else answers.push(judged);
  }
  if (answers.length > 1 && disagree(answers, fact.agree))
    return {
      state: "contested",
      reason: `${answers.map((a) => `\`${a.source.name}\``).join(" and ")} disagree`,
    };
  if (silences.length > 0) return { state: "silent", reason: silences.join("; ") };
  return {
    state: "known",
    value: mostTrusted(answers).value,
    support: degree(1 - answers.reduce((miss, a) => miss * (1 - a.source.trust), 1)),
  };
}

/** A source that a fact comes from; without one where it is none of the world. */
interface Origin {
  readonly name: string;
  readonly source: WorldSourceIr | undefined;
}

const known = new WeakMap<PolicyIr["sources"], WeakMap<FactIr, readonly Origin[]>>();

/** Degrees are computed in name order (semantics.md, *Three values*): another order could round to another last digit. */
function originsOf(fact: FactIr, sources: PolicyIr["sources"]): readonly Origin[] {
  const those = known.get(sources) ?? new WeakMap<FactIr, readonly Origin[]>();
  known.set(sources, those);
  const before = those.get(fact);
  if (before !== undefined) return before;
  const origins = [...fact.from]
    .sort((a, b) => compareText(a.source, b.source))
    .map(({ source: name }) => ({
      name,
      source: sources.find((s): s is WorldSourceIr => s.name === name && s.kind !== "tool"),
    }));
  those.set(fact, origins);
  return origins;
}

/** An answer, or why it is none. */
function judge(
  fact: FactIr,
  source: WorldSourceIr,
  said: SourceAnswer | undefined,
  { now, zone }: Instant,
): Answer | string {
  if (said === undefined) return "was not asked";
  if ("silent" in said) return said.silent;
  if (source.fresh !== undefined && said.at !== undefined && !(now - said.at <= source.fresh))
    return "gave an answer older than is accepted";
  if (said.value === null) return fact.optional ? { source, value: undefined } : "has no value for it";
  const value = normalise(fact.type, said.value, zone);
  return value.ok ? { source, value: value.value } : `gave a value that ${value.problem}`;
}

function disagree(answers: readonly Answer[], within: number | undefined): boolean {
  return answers.some((a) => answers.some((b) => !agree(a.value, b.value, within)));
}

function agree(a: Json | undefined, b: Json | undefined, within: number | undefined): boolean {
  if (within !== undefined && typeof a === "number" && typeof b === "number")
    return Math.abs(a - b) <= within * Math.max(Math.abs(a), Math.abs(b));
  return same(a, b);
}

/** Of equals the first by name, as the answers stand. */
function mostTrusted(answers: readonly Answer[]): Answer {
  return answers.reduce((best, a) => (a.source.trust > best.source.trust ? a : best));
}
