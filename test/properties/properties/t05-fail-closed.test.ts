import type { FactAnswer, Knowledge, SourceAnswer } from "../../../src/ir/knowledge.js";
import type { Scenario } from "../generate/scenario.js";
import { oracleOf } from "../generate/oracle.js";
import { clearance } from "../support/clearance.js";
import { answered, judge, type Judged } from "../support/judge.js";
import { holdsOfEach, must } from "../support/run.js";

/** A thing that can go wrong: the knowledge that is left, and the answer that is spoilt, if one is. */
interface Fault {
  readonly name: string;
  readonly left: Knowledge;
  readonly spoilt?: FactAnswer;
  /** The most it may come to where that is more than a question: a lost confirmation is asked for again. */
  readonly atMost?: "confirm";
}

const spoilings: Readonly<Record<string, (answer: SourceAnswer) => SourceAnswer[]>> = {
  dropped: () => [],
  silent: ({ source }) => [{ source, silent: "timed out" }],
  stale: (answer) => ("value" in answer ? [{ ...answer, at: 0 }] : [answer]),
  "ill-typed": ({ source }) => [{ source, value: { no: "such value" } }],
};

function* answerFaults(knowledge: Knowledge): Generator<Fault> {
  for (const one of knowledge.answers)
    for (const [index, answer] of one.answers.entries())
      for (const [name, spoil] of Object.entries(spoilings)) {
        const spoilt = { ...one, answers: one.answers.toSpliced(index, 1, ...spoil(answer)) };
        yield {
          name: `${name}: ${answer.source} on ${one.fact}`,
          left: { ...knowledge, answers: [] },
          spoilt,
        };
      }
}

/** A lost result: what was returned is gone, and the action waits for it. */
function* observationFaults(knowledge: Knowledge): Generator<Fault> {
  for (const [index, lost] of knowledge.observations.entries()) {
    let own = 0;
    const history = knowledge.history.map((action) => {
      if (action.session === knowledge.session.id) own += 1;
      return action.session === knowledge.session.id && own === lost.after
        ? { ...action, observed: false }
        : action;
    });
    yield {
      name: `lost: result of ${lost.tool}`,
      left: { ...knowledge, answers: [], history, observations: knowledge.observations.toSpliced(index, 1) },
    };
  }
}

function* wordFaults(knowledge: Knowledge, { engine }: Scenario): Generator<Fault> {
  const left = { ...knowledge, answers: [] };
  for (const [index, word] of knowledge.confirmations.entries())
    if (word.answer)
      yield {
        name: `lost: confirmation by ${word.by}`,
        left: { ...left, confirmations: knowledge.confirmations.toSpliced(index, 1) },
        atMost: "confirm",
      };
  if (knowledge.fidelity !== undefined) {
    const { fidelity: _, ...without } = left;
    yield { name: "lost: the message's score", left: without };
  }
  for (const given of engine.policy.intent?.givens ?? []) {
    if (given.value !== undefined || knowledge.givens[given.name] === undefined) continue;
    const { [given.name]: _, ...givens } = knowledge.givens;
    yield { name: `lost: given ${given.name}`, left: { ...left, givens } };
    yield {
      name: `ill-typed: given ${given.name}`,
      left: { ...left, givens: { ...givens, [given.name]: { no: "such value" } } },
    };
  }
}

function* rulingFaults(knowledge: Knowledge): Generator<Fault> {
  const left = { ...knowledge, answers: [] };
  for (const [index, ruling] of knowledge.rulings.entries()) {
    const only = knowledge.rulings.every((other, at) => at === index || other.question !== ruling.question);
    if (only)
      yield {
        name: `lost: ruling by ${ruling.by}`,
        left: { ...left, rulings: knowledge.rulings.toSpliced(index, 1) },
      };
  }
}

function underFault({ engine, story }: Scenario, proposal: unknown, { left, spoilt }: Fault): Judged {
  const world = oracleOf(engine.policy, story.oracle, story.now);
  const same = (a: FactAnswer["args"], b: FactAnswer["args"]): boolean =>
    JSON.stringify(a) === JSON.stringify(b);
  return answered(engine, proposal, left, (question) =>
    spoilt !== undefined && spoilt.fact === question.fact && same(spoilt.args, question.args)
      ? spoilt
      : world(question),
  );
}

/** Judges with and without each fault. */
function failsClosed(
  scenario: Scenario,
  proposal: unknown,
  faultsOf: (knowledge: Knowledge) => Iterable<Fault>,
): void {
  const judged = judge(scenario.engine, scenario.story, proposal);
  const { decision } = judged.evaluation.decision;
  for (const fault of faultsOf(judged.knowledge)) {
    const bound = Math.max(clearance(fault.atMost ?? "clarify"), clearance(decision));
    const faulty = underFault(scenario, proposal, fault);
    const under = faulty.evaluation.decision;
    must(clearance(under.decision) <= bound, `${fault.name}: ${decision} becomes ${under.decision}`, judged, {
      under,
      left: faulty.knowledge,
    });
  }
}

holdsOfEach("T5 fail closed: a fault never clears more than a question would", (scenario, proposal) => {
  // A ruling answers what a fault leaves open, as it is meant to: what faults do is told without any.
  const unruled = { ...scenario, story: { ...scenario.story, rulings: [] } };
  failsClosed(unruled, proposal, (knowledge) => [
    ...answerFaults(knowledge),
    ...observationFaults(knowledge),
    ...wordFaults(knowledge, scenario),
  ]);
});

holdsOfEach("T5 fail closed: a lost ruling never clears more than a question would", (scenario, proposal) =>
  failsClosed(scenario, proposal, rulingFaults),
);

holdsOfEach(
  "T5 fail closed: sources that were not asked clear no more than a question would",
  ({ engine, story }, proposal) => {
    const judged = judge(engine, { ...story, rulings: [] }, proposal);
    const unasked = engine.evaluate(proposal, { ...judged.knowledge, answers: [] }).decision;
    const bound = Math.max(clearance("clarify"), clearance(judged.evaluation.decision.decision));
    must(clearance(unasked.decision) <= bound, `unasked: ${unasked.decision}`, judged, { unasked });
  },
);
