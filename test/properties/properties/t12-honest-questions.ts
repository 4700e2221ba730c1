import type { Knowledge } from "../../../src/ir/knowledge.js";
import type { Leaf, Question } from "../../../src/index.js";
import { judge, type Judged } from "../support/judge.js";
import { compared, must, mustBeSame } from "../support/must.js";
import { ofProposals } from "../support/property.js";

/** What a session is told reaches it, whatever was left behind on its way down. */
const reaching = (knowledge: Knowledge, given: string): Knowledge =>
  knowledge.descent === undefined
    ? knowledge
    : { ...knowledge, descent: { ...knowledge.descent, givens: [...knowledge.descent.givens, given] } };

/** Knowledge after the one who was asked has answered. */
function after(
  knowledge: Knowledge,
  question: Question,
  answer: Question["choices"][number]["answer"],
  proposal: string,
): Knowledge {
  if (question.kind === "given") {
    const name = question.key.slice("given:".length);
    return reaching({ ...knowledge, givens: { ...knowledge.givens, [name]: answer } }, name);
  }
  const ruling = { question: question.key, answer: answer === true, by: question.ask[0] ?? "", proposal };
  return { ...knowledge, rulings: [...knowledge.rulings, ruling] };
}

function walk(judged: Judged, at: Question | Leaf, knowledge: Knowledge): Leaf[] {
  const { engine, proposal, evaluation } = judged;
  if ("key" in at) {
    must(at.ask.length > 0, "somebody is asked", judged, { question: at });
    return at.choices.flatMap(({ answer, then }) =>
      walk(judged, then, after(knowledge, at, answer, evaluation.decision.proposal)),
    );
  }
  const { decision } = engine.evaluate(proposal, knowledge);
  compared();
  mustBeSame("a leaf says what comes of its answers", at.decision, decision.decision, judged);
  if (at.decision === "confirm")
    mustBeSame("and who then confirms", at.confirmBy, decision.assessments.reversibility.awaiting, judged);
  return [at];
}

const honest = ofProposals(
  {
    id: "T12",
    says: "honest questions: each path of answers leads to the decision at its leaf, and some path decides",
  },
  ({ engine, story }, proposal) => {
    const judged = judge(engine, story, proposal);
    const { report, decision } = engine.decide(proposal, judged.knowledge).decision;
    compared();
    must(
      (report !== null) === (decision === "clarify"),
      "a clarify carries a report, and nothing else does",
      judged,
    );
    if (report === null || report.questions === null) return;
    const leaves = walk(judged, report.questions, judged.knowledge);
    must(
      leaves.some((leaf) => leaf.decision !== "clarify"),
      "some answers decide",
      judged,
    );
  },
);

export const t12 = [honest];
