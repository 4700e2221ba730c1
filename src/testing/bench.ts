import { canonicalJson } from "../ir/digest.js";
import type { Json } from "../ir/json.js";
import type { FactAnswer, FactQuestion } from "../ir/knowledge.js";
import type { FactIr, PolicyIr, TestIr } from "../ir/policy.js";
import { toJson } from "../ir/value.js";
import type { Store } from "../session/session.js";

type Sources = NonNullable<Store["sources"]>;
type Step = TestIr["steps"][number];
export type FactStep = Extract<Step, { step: "fact" }>;

/**
 * The policy as a test opens a session on it: a given that nobody supplies is unknown, also where nobody would be asked; one that
 * is said to be unknown has no default; and principals with a key need not sign.
 */
export function benchPolicy(policy: PolicyIr, test: TestIr): PolicyIr {
  if (policy.intent === null) return policy;
  const unknown = new Set(
    test.steps.flatMap((step) => (step.step === "given" && step.value === "unknown" ? [step.name] : [])),
  );
  const asked = policy.escalate[0]?.principal ?? policy.principals[0]?.name ?? "nobody";
  const givens = policy.intent.givens.map(({ value, asks, ...given }) => ({
    ...given,
    ...(value === undefined || unknown.has(given.name) ? {} : { value }),
    asks: asks ?? { principal: asked, question: `What is \`given.${given.name}\`?` },
  }));
  const principals = policy.principals.map(({ key: _, ...principal }) => principal);
  return { ...policy, principals, intent: { ...policy.intent, givens } };
}

/** Sources that say what a test's `fact` steps say: every source of the fact the same; to all else they are silent. */
export function factTable(policy: PolicyIr): Sources & {
  set(step: FactStep): void;
  answer(questions: readonly FactQuestion[]): FactAnswer[];
} {
  const facts = new Map(policy.facts.map((fact) => [fact.name, fact]));
  const values = new Map<string, Json>();
  const key = (fact: string, args: readonly Json[]): string => canonicalJson([fact, args]);

  const answerOf = (fact: FactIr | undefined, args: readonly Json[]): FactAnswer["answers"] => {
    const value = fact === undefined ? undefined : values.get(key(fact.name, args));
    return (fact?.from ?? []).map(({ source }) =>
      value === undefined
        ? { source, silent: "is not asked in a test, and no step says this" }
        : { source, value },
    );
  };

  const answer = (questions: readonly FactQuestion[]): FactAnswer[] =>
    questions.map(({ fact, args }) => ({ fact, args, answers: answerOf(facts.get(fact), args) }));

  return {
    set({ name, args, value }) {
      const fact = facts.get(name);
      if (fact === undefined || value === "unknown") values.delete(key(name, args));
      else values.set(key(name, args), toJson(fact.type, value.value));
    },
    answer,
    ask: async (questions) => answer(questions),
    close: async () => {},
  };
}
