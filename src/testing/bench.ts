import { canonicalJson } from "../ir/digest.js";
import type { Json } from "../ir/json.js";
import type { FactAnswer, FactQuestion, SourceAnswer } from "../ir/knowledge.js";
import type { FactIr, PolicyIr, TestIr, TestStepIr } from "../ir/policy.js";
import { fieldsToJson, toJson } from "../ir/value.js";
import type { SessionOptions } from "../session/opening.js";
import type { Store } from "../session/store.js";

type Sources = NonNullable<Store["sources"]>;
export type FactStep = Extract<TestStepIr, { step: "fact" }>;

/**
 * The policy as a test opens a session on it: a given that nobody supplies is unknown, also where nobody would be asked; one that
 * is said to be unknown has no default; and principals with a key need not sign.
 */
export function benchPolicy(policy: PolicyIr, unknown: readonly string[]): PolicyIr {
  if (policy.intent === null) return policy;
  const asked = policy.escalate[0]?.principal ?? policy.principals[0]?.name ?? "nobody";
  const givens = policy.intent.givens.map(({ value, asks, ...given }) => ({
    ...given,
    ...(value === undefined || unknown.includes(given.name) ? {} : { value }),
    asks: asks ?? { principal: asked, question: `What is \`given.${given.name}\`?` },
  }));
  const principals = policy.principals.map(({ key: _, ...principal }) => principal);
  return { ...policy, principals, intent: { ...policy.intent, givens } };
}

/** The givens that a test says to be unknown. */
export function unknownGivens({ steps }: TestIr): string[] {
  const names = steps.flatMap((step) =>
    step.step === "given" && step.value === "unknown" ? [step.name] : [],
  );
  return [...new Set(names)].sort();
}

/** What a test's session opens with. What a test says twice is the last. */
export function openingOf(policy: PolicyIr, test: TestIr): SessionOptions {
  const givens = Object.create(null) as { [name: string]: Json };
  const opening: { tier?: string; actor?: string; roles?: readonly string[]; instruction?: string } = {};
  for (const step of test.steps) {
    if (step.step === "tier") opening.tier = step.tier;
    if (step.step === "instruction") opening.instruction = step.text;
    if (step.step === "actor" && step.id !== undefined) opening.actor = step.id;
    if (step.step === "actor" && step.roles !== undefined) opening.roles = step.roles;
    if (step.step === "given" && typeof step.value !== "string")
      givens[step.name] = givenToJson(policy, step.name, step.value.value);
  }
  return { ...opening, givens };
}

/** A given's value as a principal or a caller would say it. */
export function givenToJson(policy: PolicyIr, name: string, value: Json): Json {
  const given = policy.intent?.givens.find((one) => one.name === name);
  return given === undefined ? value : toJson(given.type, value);
}

/** Arguments as an agent would send them. */
export function sentArguments(
  policy: PolicyIr,
  { tool, args }: { readonly tool: string; readonly args: { readonly [name: string]: Json } },
): { [name: string]: Json } {
  const params = policy.tools.find((one) => one.name === tool)?.params ?? [];
  return Object.assign(Object.create(null), args, fieldsToJson(params, args)) as { [name: string]: Json };
}

/** Sources that say what a test's `fact` steps say: each its own, or all the same; to all else they are silent. */
export function factTable(policy: PolicyIr): Sources & {
  set(step: FactStep): void;
  answer(questions: readonly FactQuestion[]): FactAnswer[];
} {
  const facts = new Map(policy.facts.map((fact) => [fact.name, fact]));
  const said = new Map<string, Map<string, Json>>();
  const key = (fact: string, args: readonly Json[]): string => canonicalJson([fact, args]);

  const answerOf = (fact: FactIr | undefined, args: readonly Json[]): FactAnswer["answers"] => {
    const values = fact === undefined ? undefined : said.get(key(fact.name, args));
    return (fact?.from ?? []).map(({ source }): SourceAnswer => {
      const value = values?.get(source);
      return value === undefined
        ? { source, silent: "is not asked in a test, and no step says this" }
        : { source, value };
    });
  };

  const answer = (questions: readonly FactQuestion[]): FactAnswer[] =>
    questions.map(({ fact, args }) => ({ fact, args, answers: answerOf(facts.get(fact), args) }));

  return {
    set({ name, args, from, value }) {
      const fact = facts.get(name);
      if (fact === undefined) return;
      const at = key(name, args);
      const values = said.get(at) ?? new Map<string, Json>();
      said.set(at, values);
      for (const { source } of fact.from) {
        if (from !== undefined && from !== source) continue;
        if (value === "unknown") values.delete(source);
        else values.set(source, value === "absent" ? null : toJson(fact.type, value.value));
      }
    },
    answer,
    ask: async (questions) => answer(questions),
    close: async () => {},
  };
}
