import type { Engine } from "../engine/engine.js";
import type { Examination } from "../engine/examine.js";
import type { Json } from "../ir/json.js";
import type { FactAnswer, FactQuestion, Knowledge } from "../ir/knowledge.js";
import type { PolicyIr } from "../ir/policy.js";
import { visitAll } from "../logic/outline.js";
import { truthName, truthOf, type Unknown } from "../logic/value.js";
import { type Counts, inventoryOf, type Measured } from "./inventory.js";

export interface Exercise {
  /** Looks on at decisions of an engine of this policy. */
  readonly observe: (engine: Engine, answer: Answer) => Watch;
  /** What has been exercised so far. */
  readonly statements: readonly Measured[];
}

/** What the sources would answer: a condition is looked at also where the decision had no need to ask for it. */
type Answer = (questions: readonly FactQuestion[]) => readonly FactAnswer[];

interface Watch {
  decided(proposal: unknown, knowledge: Knowledge): void;
  observed(tool: string, args: { readonly [name: string]: Json }, knowledge: Knowledge): void;
}

/**
 * Counts what decisions exercise of a policy (docs/coverage.md): each statement that speaks of the action, and each of its
 * conditions by itself. Nothing is passed over because another condition, or another statement, decides.
 */
export function exerciseOf(policy: PolicyIr): Exercise {
  const statements = inventoryOf(policy);
  const byKey = new Map<string, Measured[]>();
  const counts = new Map<string, Counts[]>();
  const addTo = <T>(map: Map<string, T[]>, key: string, one: T) =>
    map.set(key, [...(map.get(key) ?? []), one]);
  for (const statement of statements) {
    addTo(byKey, statement.key, statement);
    for (const { key, counts: of } of statement.conditions) addTo(counts, `${statement.key} ${key}`, of);
  }
  const reached = (key: string): void => {
    for (const statement of byKey.get(key) ?? []) statement.count += 1;
  };
  const tally = (key: string, value: boolean | Unknown): void => {
    for (const of of counts.get(key) ?? []) of[truthName(value)] += 1;
  };
  const take = (examination: Examination | undefined): void => {
    if (examination === undefined) return;
    const { frame } = examination;
    for (const { key, truth, conditions } of examination.statements) {
      reached(key);
      tally(`${key} passed`, truth);
      for (const { role, outline } of conditions)
        visitAll(outline, frame, (part, value) => {
          if (part.operator === "fact") reached(`fact:${(part.rule as { fact: [string] }).fact[0]}`);
          tally(`${key} ${role}:${part.at.join(".")}`, truthOf(value));
        });
    }
    for (const { name, meets } of examination.classes) {
      reached(`class:${name}`);
      for (const [ask, met] of Object.entries(meets)) tally(`class:${name} ${ask}`, met);
    }
    if (examination.otherwise) reached("otherwise");
    for (const id of examination.thresholds) reached(id);
  };

  return {
    statements,
    observe: (engine, answer) => ({
      decided: (proposal, knowledge) =>
        take(answered(knowledge, answer, (known) => engine.examine(proposal, known))),
      observed: (tool, args, knowledge) =>
        take(answered(knowledge, answer, (known) => engine.examineOutput(tool, args, known))),
    }),
  };
}

/** A fact may be asked with another fact's value, and so on: no deeper than so. */
const maxRounds = 20;

/** An examination in which every fact has been asked for. */
function answered(
  knowledge: Knowledge,
  answer: Answer,
  examine: (knowledge: Knowledge) => Examination | undefined,
): Examination | undefined {
  let answers = knowledge.answers;
  for (let round = 0; ; round += 1) {
    const examination = examine({ ...knowledge, answers });
    if (examination === undefined || round === maxRounds) return examination;
    for (const { outline } of examination.statements.flatMap((one) => one.conditions))
      visitAll(outline, examination.frame, () => {});
    if (examination.asks.size === 0) return examination;
    answers = [...answers, ...answer([...examination.asks.values()])];
  }
}
