import {
  type Decision,
  type EvalRecord,
  type Json,
  type Leaf,
  type PolicyIr,
  type Question,
  showType,
} from "../../index.js";

/** A line of `eval` by which a principal answers what a decision asks of it. */
export type Answer = Pick<EvalRecord["confirm"], "confirm"> | Pick<EvalRecord["rule"], "rule">;

export const confirmRecord = (by: string): Answer => ({ confirm: { by } });

/** The first answer to a question; undefined where nobody is asked. */
export function answerRecord(question: Question): Answer | undefined {
  const [by] = question.ask;
  if (by === undefined) return undefined;
  const answer = question.choices[0]?.answer ?? true;
  const { key } = question;
  return key.startsWith("given:")
    ? { rule: { by, given: key.slice("given:".length), answer } }
    : { rule: { by, question: key, answer } };
}

/** A given whose values cannot be listed: whom it is asked of, what is asked, and how an answer looks. */
export function openGiven(
  policy: Pick<PolicyIr, "intent" | "escalate">,
  name: string,
):
  | { readonly by: string; readonly asked: string; readonly type: string; readonly record: Answer }
  | undefined {
  const given = policy.intent?.givens.find((one) => one.name === name);
  const by = given?.asks?.principal ?? policy.escalate[0]?.principal;
  if (given === undefined || by === undefined) return undefined;
  return {
    by,
    asked: given.asks === undefined ? `what is given.${name}?` : given.asks.question,
    type: showType(given.type),
    record: { rule: { by, given: name, answer: exampleOf(given.type) } },
  };
}

/** The names of givens that are asked for beside the questions of the report. */
export function openGivens({ report, remedies }: Decision): string[] {
  const questions = report?.questions ?? null;
  const keys = remedies.flatMap((remedy) => remedy.questions ?? []);
  const open = keys.filter((key) => key.startsWith("given:") && !isAsked(questions, key));
  return [...new Set(open)].map((key) => key.slice("given:".length));
}

/** Every answer that is shown with a decision. */
export function answersTo(policy: PolicyIr, decision: Decision): Answer[] {
  if (decision.decision === "confirm")
    return decision.assessments.reversibility.awaiting.map((by) => confirmRecord(by));
  if (decision.decision !== "clarify") return [];
  const question = decision.report?.questions ?? null;
  const first = question === null ? undefined : answerRecord(question);
  return [
    ...(first === undefined ? [] : [first]),
    ...openGivens(decision).flatMap((name) => openGiven(policy, name)?.record ?? []),
  ];
}

const isAsked = (tree: Question | Leaf | null, key: string): boolean =>
  tree !== null && "key" in tree && (tree.key === key || tree.choices.some(({ then }) => isAsked(then, key)));

type Type = NonNullable<PolicyIr["intent"]>["givens"][number]["type"];

const exampleOf = (type: Type): Json =>
  type === "bool"
    ? true
    : type === "int" || type === "decimal"
      ? 1
      : typeof type === "object" && "list" in type
        ? []
        : "…";
