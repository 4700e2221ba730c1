import { type Decision, type PolicyIr, type Session, SessionError, type SignableWord } from "../index.js";
import { type Answer, answersTo } from "./decision/records.js";

/** What principals with a key sign to answer a decision, by the JSON of the line that the signature goes into. */
export type Words = ReadonlyMap<string, SignableWord>;

/** The words for all answers that are shown with the last decision of a session. */
export async function wordsFor(session: Session, policy: PolicyIr, decision: Decision): Promise<Words> {
  const signing = new Set(policy.principals.flatMap(({ name, key }) => (key === undefined ? [] : [name])));
  const words = new Map<string, SignableWord>();
  if (signing.size === 0) return words;
  for (const answer of answersTo(policy, decision)) {
    const word = signing.has(byOf(answer)) ? await wordFor(session, answer) : undefined;
    if (word !== undefined) words.set(JSON.stringify(answer), word);
  }
  return words;
}

const byOf = (answer: Answer): string => ("confirm" in answer ? answer.confirm.by : answer.rule.by);

/** Undefined where the answer is an example only, which the session would not take. */
async function wordFor(session: Session, answer: Answer): Promise<SignableWord | undefined> {
  try {
    return await session.word(
      "confirm" in answer
        ? { kind: "confirm", by: answer.confirm.by }
        : "given" in answer.rule
          ? { kind: "rule", by: answer.rule.by, given: answer.rule.given, answer: answer.rule.answer }
          : { kind: "rule", by: answer.rule.by, question: answer.rule.question, answer: answer.rule.answer },
    );
  } catch (error) {
    if (error instanceof SessionError) return undefined;
    throw error;
  }
}
