import { canonicalJson } from "../../../src/ir/digest.js";
import type { FactAnswer, FactQuestion, SourceAnswer } from "../../../src/ir/knowledge.js";
import type { FactIr, PolicyIr } from "../../../src/ir/policy.js";
import { sampleAt } from "./values.js";

/** The world that facts are asked of: what each source says is settled by the seed and the question. */
export interface OracleSpec {
  readonly seed: number;
  /** In how many of a hundred cases a source does not simply answer. */
  readonly trouble: number;
}

/** What the sources of a fact say. */
export type Oracle = (question: FactQuestion) => FactAnswer;

export function oracleOf(policy: PolicyIr, { seed, trouble }: OracleSpec, now: number): Oracle {
  return (question) => {
    const fact = policy.facts.find((one) => one.name === question.fact);
    const key = `${seed} ${question.fact} ${canonicalJson(question.args)}`;
    const answers = (fact?.from ?? []).flatMap(({ source }) =>
      answerOf(fact as FactIr, source, key, trouble, now),
    );
    return { fact: question.fact, args: question.args, answers };
  };
}

function answerOf(fact: FactIr, source: string, key: string, trouble: number, now: number): SourceAnswer[] {
  const value = sampleAt(fact.type, hash(key));
  const mood = hash(`${key} ${source}`);
  if (fact.optional && hash(`${key} absent`) % 3 === 0) return [{ source, value: null }];
  if (mood % 100 >= trouble)
    return [mood % 2 === 0 ? { source, value } : { source, value, at: now - 60_000 }];
  switch (mood % 11) {
    case 0:
      return [{ source, silent: "did not answer in time" }];
    case 1:
      return [{ source, value: { no: "such value" } }];
    case 2:
      return [{ source, value, at: 0 }];
    case 3:
      return [{ source, value: null }];
    case 4:
      return [];
    case 5:
      return [{ source, value: typeof value === "number" && fact.type !== "int" ? value * 1.005 : value }];
    default:
      return [{ source, value: sampleAt(fact.type, mood >>> 3) }];
  }
}

/** FNV-1a, so that the same question has the same answer everywhere. */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const character of text)
    value = Math.imul(value ^ (character.codePointAt(0) as number), 0x01000193) >>> 0;
  return (value ^ (value >>> 15)) >>> 0;
}
