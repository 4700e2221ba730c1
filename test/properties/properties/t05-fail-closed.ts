import { type Knowledge, rootOf, type Ruling, type SourceAnswer } from "../../../src/ir/knowledge.js";
import type { Scenario, Telling } from "../generate/scenario.js";
import { oracleOf } from "../generate/oracle.js";
import { clearance } from "../support/clearance.js";
import { answered, judge, type Judged } from "../support/judge.js";
import { compared, must } from "../support/must.js";
import { ofProposals } from "../support/property.js";
import { wiselyRuled } from "../support/rulings.js";

/** A thing that can go wrong, and the knowledge that is left. */
interface Fault {
  readonly name: string;
  readonly left: Knowledge;
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
  for (const [place, one] of knowledge.answers.entries())
    for (const [index, answer] of one.answers.entries())
      for (const [name, spoil] of Object.entries(spoilings)) {
        const spoilt = { ...one, answers: one.answers.toSpliced(index, 1, ...spoil(answer)) };
        yield {
          name: `${name}: ${answer.source} on ${one.fact}`,
          left: { ...knowledge, answers: knowledge.answers.with(place, spoilt) },
        };
      }
}

/** A lost result: what was returned is gone, and the action waits for it. */
function* observationFaults(knowledge: Knowledge): Generator<Fault> {
  for (const [index, lost] of knowledge.observations.entries()) {
    let own = 0;
    const history = knowledge.history.map((action) => {
      const isOwn = action.session === rootOf(knowledge);
      if (isOwn) own += 1;
      return isOwn && own === lost.after ? { ...action, observed: false } : action;
    });
    yield {
      name: `lost: result of ${lost.tool}`,
      left: { ...knowledge, history, observations: knowledge.observations.toSpliced(index, 1) },
    };
  }
}

/** Less came down than did: a given, a bullet or a tool. */
function* descentFaults(knowledge: Knowledge): Generator<Fault> {
  const { descent } = knowledge;
  if (descent === undefined) return;
  for (const part of ["bullets", "givens", "tools"] as const)
    for (const [index, thing] of descent[part].entries()) {
      const left = { ...descent, [part]: descent[part].toSpliced(index, 1) };
      yield { name: `not carried: ${thing}`, left: { ...knowledge, descent: left } };
    }
}

function* wordFaults(knowledge: Knowledge, { engine }: Scenario): Generator<Fault> {
  for (const [index, word] of knowledge.confirmations.entries())
    if (word.answer)
      yield {
        name: `lost: confirmation by ${word.by}`,
        left: { ...knowledge, confirmations: knowledge.confirmations.toSpliced(index, 1) },
        atMost: "confirm",
      };
  if (knowledge.fidelity !== undefined) {
    const { fidelity: _, ...without } = knowledge;
    yield { name: "lost: the message's score", left: without };
  }
  for (const given of engine.policy.intent?.givens ?? []) {
    if (given.value !== undefined || knowledge.givens[given.name] === undefined) continue;
    const { [given.name]: _, ...givens } = knowledge.givens;
    yield { name: `lost: given ${given.name}`, left: { ...knowledge, givens } };
    yield {
      name: `ill-typed: given ${given.name}`,
      left: { ...knowledge, givens: { ...givens, [given.name]: { no: "such value" } } },
    };
  }
}

/**
 * A no to a gray line that is not asked about without it, since it weighs no more than passes or is known not to apply: whoever
 * loses it cannot miss it. It still refuses where it is known, and that it was lost is for the trace to show (T14).
 */
function isUnaskedNo({ engine }: Scenario, { proposal, knowledge }: Judged, no: Ruling): boolean {
  const grays = engine.policy.layers.flatMap(({ discernment }) => discernment?.grays ?? []);
  if (no.answer || !grays.some(({ id }) => id === no.question)) return false;
  const rulings = knowledge.rulings.filter((one) => one !== no);
  const { remedies } = engine.evaluate(proposal, { ...knowledge, rulings }).decision;
  return !remedies.some(({ questions }) => questions?.includes(no.question));
}

function* rulingFaults(told: Scenario, judged: Judged): Generator<Fault> {
  const { knowledge } = judged;
  for (const [index, ruling] of knowledge.rulings.entries()) {
    if (isUnaskedNo(told, judged, ruling)) continue;
    const only = knowledge.rulings.every((other, at) => at === index || other.question !== ruling.question);
    if (only)
      yield {
        name: `lost: ruling by ${ruling.by}`,
        left: { ...knowledge, rulings: knowledge.rulings.toSpliced(index, 1) },
      };
  }
}

/** Holds a decision against what becomes of it under each fault. */
function failsClosed({ engine, story }: Scenario & Telling, judged: Judged, faults: Iterable<Fault>): void {
  const { decision } = judged.evaluation.decision;
  const world = oracleOf(engine.policy, story.oracle, story.now);
  for (const fault of faults) {
    const bound = Math.max(clearance(fault.atMost ?? "clarify"), clearance(decision));
    const faulty = answered(engine, judged.proposal, fault.left, world);
    const under = faulty.evaluation.decision;
    compared();
    must(clearance(under.decision) <= bound, `${fault.name}: ${decision} becomes ${under.decision}`, judged, {
      under,
      left: faulty.knowledge,
    });
  }
}

const anyFault = (told: Scenario & Telling, { knowledge }: Judged): Fault[] => [
  ...answerFaults(knowledge),
  ...observationFaults(knowledge),
  ...descentFaults(knowledge),
  ...wordFaults(knowledge, told),
];

export const t05 = [
  ofProposals(
    { id: "T5.faults", says: "fail closed: a fault never clears more than a question would", share: 0.5 },
    (told, proposal) => {
      const judged = judge(told.engine, { ...told.story, rulings: [] }, proposal);
      failsClosed(told, judged, anyFault(told, judged));
    },
  ),
  ofProposals(
    {
      id: "T5.ruled",
      says: "fail closed: nor does it where principals have ruled, and rightly, on what it leaves open",
    },
    (told, proposal) => {
      const judged = wiselyRuled(told.engine, told.story, proposal);
      if (judged.knowledge.rulings.length > 0) failsClosed(told, judged, anyFault(told, judged));
    },
  ),
  ofProposals(
    { id: "T5.rulings", says: "fail closed: a lost ruling never clears more than a question would" },
    (told, proposal) => {
      if (told.story.rulings.length === 0) return;
      const judged = judge(told.engine, told.story, proposal);
      failsClosed(told, judged, rulingFaults(told, judged));
    },
  ),
  ofProposals(
    {
      id: "T5.unasked",
      says: "fail closed: sources that were not asked clear no more than a question would",
    },
    ({ engine, story }, proposal) => {
      const judged = judge(engine, { ...story, rulings: [] }, proposal);
      if (judged.knowledge.answers.length === 0) return;
      const unasked = engine.evaluate(proposal, { ...judged.knowledge, answers: [] }).decision;
      const bound = Math.max(clearance("clarify"), clearance(judged.evaluation.decision.decision));
      compared();
      must(clearance(unasked.decision) <= bound, `unasked: ${unasked.decision}`, judged, { unasked });
    },
  ),
];
