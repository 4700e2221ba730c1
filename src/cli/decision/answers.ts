import { type Decision, type Json, type Leaf, type Question, visible } from "../../index.js";
import { shortJson } from "./call.js";
import { citedFrom, type Page, paragraph, principalText, recordText } from "./page.js";
import { type Answer, answerRecord, confirmRecord, openGiven, openGivens } from "./records.js";

/** Who confirms, and how that is told in JSON Lines. */
export function confirmationText(page: Page, { assessments }: Decision): string[] {
  const { awaiting } = assessments.reversibility;
  return awaiting.flatMap((by) => [
    paragraph(page, 1, `${page.paint.bold(principalText(page, by))} confirms with`),
    ...word(page, by, confirmRecord(by)),
  ]);
}

/** Who is asked what, what each answer leads to, and how an answer is told in JSON Lines. */
export function questionsText(page: Page, decision: Decision): string[] {
  const questions = decision.report?.questions ?? null;
  return [
    ...(questions === null ? [] : [...questionText(page, questions, 1), ...answerText(page, questions)]),
    ...openGivens(decision).flatMap((name) => openGivenText(page, name)),
  ];
}

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

/** The line for the first question, its answer the first. */
function answerText(page: Page, question: Question): string[] {
  const record = answerRecord(question);
  if (record === undefined) return [];
  return [
    paragraph(page, 1, "answered with, and proposed again"),
    ...word(page, question.ask[0] as string, record),
  ];
}

/** A given whose values cannot be listed. */
function openGivenText(page: Page, name: string): string[] {
  const given = openGiven(page.policy, name);
  if (given === undefined) return [];
  const { by, asked, type, record } = given;
  return [
    paragraph(page, 1, `${page.paint.bold(principalText(page, by))} is asked: ${visible(asked)}`),
    paragraph(page, 1, `answered with a value of type \`${type}\`, and proposed again`),
    ...word(page, by, record),
  ];
}

/** The line that a principal sends; one with a key signs it first. Not wrapped: it is there to be copied. */
function word(page: Page, by: string, record: Answer): string[] {
  const copied = (text: string): string => `    ${page.paint.cyan(text)}`;
  const isSigned = page.policy.principals.some((one) => one.name === by && one.key !== undefined);
  if (!isSigned) return [copied(recordText(page, record))];
  const toSign = page.words?.get(JSON.stringify(record));
  const [kind, said] = Object.entries(record)[0] as [string, object];
  const signed = { [kind]: { ...said, expires: toSign?.expires ?? "…", signature: "…" } };
  return [
    copied(recordText(page, signed)),
    ...(toSign === undefined
      ? [paragraph(page, 2, "signed, as `reshimu eval --help` says")]
      : [
          paragraph(page, 2, "with the signature that `reshimu sign` gives for"),
          copied(visible(JSON.stringify(toSign))),
        ]),
  ];
}
