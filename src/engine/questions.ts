import type { Leaf, Question } from "../ir/decision.js";
import type { Json } from "../ir/json.js";
import type { Knowledge, Ruling } from "../ir/knowledge.js";
import { compareText } from "../ir/order.js";
import type { Case } from "../validators/case.js";
import { grayAsks } from "../validators/discernment.js";
import type { Assessed } from "../validators/index.js";
import type { Again, Evaluation } from "./evaluation.js";
import { residualText } from "./residual-text.js";

/** Something that a principal could settle. */
interface Candidate {
  readonly key: string;
  readonly kind: Question["kind"];
  readonly ask: string | undefined;
  readonly text: string;
  /** What is left of the statement's condition, in the language. */
  condition?(): string | undefined;
  readonly answers: readonly Json[];
  /** Knowledge as it would be with this answer. */
  with(knowledge: Knowledge, answer: Json): Knowledge;
}

/** No more than so many evaluations for one report, and questions in one tree. */
const maxEvaluations = 512;
const maxQuestions = 4;

/**
 * The smallest set of unknowns (ties: by key) for which some answers decide, as a tree whose leaves say what `evaluate` gives
 * (semantics.md, *The Beiur report*, 3). Null where no such set was found within bounds.
 */
export function questionsOf(c: Case, assessed: Assessed, evaluate: Again): Question | null {
  const candidates = candidatesOf(c, assessed).sort((a, b) => compareText(a.key, b.key));
  const budget = { left: maxEvaluations };
  for (let size = 1; size <= Math.min(maxQuestions, candidates.length); size += 1)
    for (const chosen of subsets(candidates, size)) {
      const tree = treeOf(chosen, c.knowledge, evaluate, budget);
      if (tree === undefined) return null;
      if (decides(tree)) return tree;
    }
  return null;
}

/** Asks in order; a branch ends as soon as it is decided. Undefined where the budget ran out. */
function treeOf(
  chosen: readonly Candidate[],
  knowledge: Knowledge,
  evaluate: Again,
  budget: { left: number },
): Question | undefined {
  const [first, ...rest] = chosen as readonly [Candidate, ...Candidate[]];
  const choices: Question["choices"] = [];
  for (const answer of first.answers) {
    budget.left -= 1;
    if (budget.left < 0) return undefined;
    const after = first.with(knowledge, answer);
    const answered = evaluate(after);
    const then =
      answered.clearance === "clarify" && rest.length > 0
        ? treeOf(rest, after, evaluate, budget)
        : leafOf(answered);
    if (then === undefined) return undefined;
    choices.push({ answer, then });
  }
  const condition = first.condition?.();
  return {
    key: first.key,
    kind: first.kind,
    ask: first.ask === undefined ? [] : [first.ask],
    text: first.text,
    ...(condition === undefined ? {} : { condition }),
    choices,
  };
}

function leafOf(answered: Evaluation): Leaf {
  const { clearance } = answered;
  if (clearance !== "confirm") return { decision: clearance };
  return { decision: clearance, confirmBy: [...answered.decision.assessments.reversibility.awaiting] };
}

function decides(tree: Question | Leaf): boolean {
  return "key" in tree ? tree.choices.some((choice) => decides(choice.then)) : tree.decision !== "clarify";
}

/** One question can stand in many trees. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function* subsets<T>(items: readonly T[], size: number, from = 0): Generator<readonly T[]> {
  if (size === 0) {
    yield [];
    return;
  }
  for (let i = from; i <= items.length - size; i += 1)
    for (const rest of subsets(items, size - 1, i + 1)) yield [items[i] as T, ...rest];
}

// ------------------------------------------------------------------ what can be asked

function candidatesOf(c: Case, assessed: Assessed): Candidate[] {
  const givens = new Map<string, Candidate>();
  for (const statement of assessed.open)
    for (const leaf of statement.leaves) {
      const candidate = leaf.kind === "given" ? givenCandidate(c, leaf.name) : undefined;
      if (candidate !== undefined) givens.set(candidate.key, candidate);
    }
  const conditions = assessed.open.flatMap((statement) => {
    const all =
      statement.leaves.length > 0 &&
      statement.leaves.every((leaf) => leaf.kind === "given" && givens.has(`given:${leaf.name}`));
    return all ? [] : [conditionCandidate(c, statement.id, c.askedOf(statement.leaves), statement.leaves)];
  });
  const grays = assessed.grays.map((ir) =>
    ruled(c, ir.id, "gray", grayAsks(c, ir), ir.asks?.question ?? `Is this meant? ${textOf(c, ir.id)}`),
  );
  const messages = assessed.assessments.discernment.components
    .filter((component) => component.kind === "message")
    .map((component) =>
      ruled(
        c,
        component.rule as string,
        "condition",
        c.askedOf([]),
        "The message says too little of the intent. Does the action serve it all the same?",
      ),
    );
  const byKey = new Map(
    [...givens.values(), ...conditions, ...grays, ...messages].map((candidate) => [candidate.key, candidate]),
  );
  return [...byKey.values()];
}

/** A given whose values can be listed. */
function givenCandidate(c: Case, name: string): Candidate | undefined {
  const given = c.policy.intent?.givens.find((one) => one.name === name);
  if (given === undefined) return undefined;
  const answers =
    given.type === "bool"
      ? [true, false]
      : typeof given.type === "object" && "enum" in given.type
        ? given.type.enum
        : undefined;
  if (answers === undefined) return undefined;
  return {
    key: `given:${name}`,
    kind: "given",
    ask: given.asks?.principal ?? c.policy.escalate[0]?.principal,
    text: given.asks?.question ?? `What is \`given.${name}\`?`,
    answers,
    with: (knowledge, answer) => withGiven(knowledge, name, answer),
  };
}

/** A principal's answer comes down to the session that asked, whatever the boundaries let through. */
function withGiven(knowledge: Knowledge, name: string, answer: Json): Knowledge {
  const { descent } = knowledge;
  const givens = { ...knowledge.givens, [name]: answer };
  if (descent === undefined) return { ...knowledge, givens };
  return { ...knowledge, givens, descent: { ...descent, givens: [...descent.givens, name] } };
}

function conditionCandidate(
  c: Case,
  id: string,
  ask: string | undefined,
  leaves: Assessed["open"][number]["leaves"],
): Candidate {
  const asks = leaves.flatMap((leaf) =>
    leaf.kind === "given"
      ? (c.policy.intent?.givens.find((g) => g.name === leaf.name)?.asks?.question ?? [])
      : [],
  );
  const why = asks[0] === undefined ? "" : `${asks[0]} `;
  return ruled(c, id, "condition", ask, `${why}Does this hold here? ${textOf(c, id)}`);
}

function ruled(
  c: Case,
  id: string,
  kind: Question["kind"],
  ask: string | undefined,
  text: string,
): Candidate {
  return {
    key: id,
    kind,
    ask,
    text,
    condition: once(() => residualText(c, id)),
    answers: [true, false],
    with: (knowledge, answer) => {
      const ruling: Ruling = { question: id, answer: answer === true, by: ask ?? "", proposal: c.digest };
      return { ...knowledge, rulings: [...knowledge.rulings, ruling] };
    },
  };
}

const textOf = (c: Case, id: string): string => c.policy.spans[id]?.[0]?.text ?? id;
