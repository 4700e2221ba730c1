import type { Engine, FactAnswer, Knowledge } from "../../../src/index.js";
import { canonicalJson } from "../../../src/ir/digest.js";
import { modelDecide } from "../../model/decide.js";
import { saidBy } from "../../model/said.js";
import type { Scenario, Telling } from "../generate/scenario.js";
import { judge } from "../support/judge.js";
import { compared, mustBeSame } from "../support/must.js";
import { ofProposals } from "../support/property.js";

/** Both engines say the same of a proposal, and the compiled one asks for no fact that the policy does not mention. */
function mustAgree(engine: Engine, proposal: unknown, knowledge: Knowledge): void {
  const evaluation = engine.evaluate(proposal, knowledge);
  const digests = { proposal: evaluation.decision.proposal, policy: engine.digest };
  const { asks, ...model } = modelDecide(engine.policy, proposal, knowledge, digests);
  const judged = { engine, proposal, knowledge, evaluation };
  compared();
  mustBeSame("the model (one) and the engine (other) agree", model, saidBy(evaluation), judged);
  const mentioned = new Set(asks.map((one) => canonicalJson(one)));
  const others = evaluation.asks.filter((one) => !mentioned.has(canonicalJson(one)));
  mustBeSame("the engine asks for nothing that no statement mentions", others, [], judged);
}

const everySecond = (answers: readonly FactAnswer[]): FactAnswer[] => answers.filter((_, at) => at % 2 === 0);

function mustAgreeOn({ engine, story }: Scenario & Telling, proposal: unknown): void {
  const { knowledge } = judge(engine, story, proposal);
  mustAgree(engine, proposal, knowledge);
  if (knowledge.answers.length > 1)
    mustAgree(engine, proposal, { ...knowledge, answers: everySecond(knowledge.answers) });
  if (knowledge.answers.length > 0) mustAgree(engine, proposal, { ...knowledge, answers: [] });
}

export const t15 = [
  ofProposals(
    {
      id: "T15",
      says: "two engines: the model and the engine agree, with all answers, with some and with none",
      share: 0.5,
    },
    mustAgreeOn,
  ),
  ofProposals(
    {
      id: "T15.many",
      says: "the same where statements are thousands, found by an index",
      share: 0.1,
      options: { extensions: 1, stories: 3, proposals: 6, many: true },
    },
    mustAgreeOn,
  ),
];
