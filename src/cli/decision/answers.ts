import {
  type Decision,
  type Json,
  type Leaf,
  type PolicyIr,
  type Question,
  showType,
  visible,
} from "../../index.js";
import { shortJson } from "./call.js";
import { citedFrom, type Page, paragraph, principalText, recordText } from "./page.js";

/** Who confirms, and how that is told in JSON Lines. */
export function confirmationText(page: Page, { assessments }: Decision): string[] {
  const { awaiting } = assessments.reversibility;
  return awaiting.flatMap((by) => [
    paragraph(page, 1, `${page.paint.bold(principalText(page, by))} confirms with`),
    ...word(page, by, [{ confirm: { by } }]),
  ]);
}

/** Who is asked what, what each answer leads to, and how an answer is told in JSON Lines. */
export function questionsText(page: Page, { report, remedies }: Decision): string[] {
  const questions = report?.questions ?? null;
  const open = remedies
    .flatMap((remedy) => remedy.questions ?? [])
    .filter((key) => key.startsWith("given:") && !isAsked(questions, key));
  return [
    ...(questions === null ? [] : [...questionText(page, questions, 1), ...answerText(page, questions)]),
    ...[...new Set(open)].flatMap((key) => openGivenText(page, key.slice("given:".length))),
  ];
}

const isAsked = (tree: Question | Leaf | null, key: string): boolean =>
  tree !== null && "key" in tree && (tree.key === key || tree.choices.some(({ then }) => isAsked(then, key)));

function questionText(page: Page, question: Question, depth: number): string[] {
  const asked = question.ask.map((name) => principalText(page, name)).join(", ") || "somebody";
  return [
    paragraph(page, depth, `${page.paint.bold(asked)} is asked: ${questionOf(page, question)}`),
    ...question.choices.flatMap(({ answer, then }) =>
      choiceText(page, answerName(question, answer), then, depth + 1),
    ),
  ];
}

/** The question; where it quotes a statement, the statement's place is enough, for the statement has been quoted. */
function questionOf(page: Page, { key, text }: Question): string {
  const { at, text: quoted } = citedFrom(page, key);
  if (at === undefined || quoted === undefined || !text.endsWith(quoted)) return visible(text);
  return `${visible(text.slice(0, -quoted.length))}${page.paint.cyan(visible(at))}`;
}

const answerName = ({ kind }: Question, answer: Json): string =>
  typeof answer === "boolean" && kind !== "given" ? (answer ? "yes" : "no") : shortJson(answer, 60);

function choiceText(page: Page, answer: string, then: Leaf | Question, depth: number): string[] {
  if ("key" in then) return [paragraph(page, depth, `${answer}:`), ...questionText(page, then, depth + 1)];
  const by =
    then.confirmBy === undefined || then.confirmBy.length === 0
      ? ""
      : ` by ${then.confirmBy.map(visible).join(" and ")}`;
  return [paragraph(page, depth, `${then.decision}${by}`, `${answer} → `)];
}

/** One line for each question on the way on which every answer is the first. */
function answerText(page: Page, question: Question): string[] {
  const [by] = question.ask;
  if (by === undefined) return [];
  const first = question.choices[0]?.answer ?? true;
  const about = question.key.startsWith("given:")
    ? { given: question.key.slice("given:".length) }
    : { question: question.key };
  return [
    paragraph(page, 1, "answered with, and proposed again"),
    ...word(page, by, [{ rule: { by, ...about, answer: first } }]),
  ];
}

/** A given whose values cannot be listed. */
function openGivenText(page: Page, name: string): string[] {
  const given = page.policy.intent?.givens.find((one) => one.name === name);
  const by = given?.asks?.principal ?? page.policy.escalate[0]?.principal;
  if (given === undefined || by === undefined) return [];
  const asked = given.asks === undefined ? `what is given.${name}?` : given.asks.question;
  return [
    paragraph(page, 1, `${page.paint.bold(principalText(page, by))} is asked: ${visible(asked)}`),
    paragraph(page, 1, `answered with a value of type \`${showType(given.type)}\`, and proposed again`),
    ...word(page, by, [{ rule: { by, given: name, answer: exampleOf(given.type) } }]),
  ];
}

type Type = NonNullable<PolicyIr["intent"]>["givens"][number]["type"];

const exampleOf = (type: Type): Json =>
  type === "bool"
    ? true
    : type === "int" || type === "decimal"
      ? 1
      : typeof type === "object" && "list" in type
        ? []
        : "…";

/** Lines a principal sends; one with a key speaks by signature, which no line can carry. */
function word(page: Page, by: string, records: readonly object[]): string[] {
  const isSigned = page.policy.principals.some((one) => one.name === by && one.key !== undefined);
  if (isSigned) return [paragraph(page, 2, "a signed word, which `eval` takes none of")];
  // Not wrapped: it is there to be copied.
  return records.map((record) => `    ${page.paint.cyan(recordText(page, record))}`);
}
