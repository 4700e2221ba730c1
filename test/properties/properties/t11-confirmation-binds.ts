import { type Decision, type Engine, type Session, SessionError, Store } from "../../../src/index.js";
import type { Confirmation, FactQuestion, Knowledge } from "../../../src/ir/knowledge.js";
import type { Story } from "../generate/knowledge.js";
import { oracleOf } from "../generate/oracle.js";
import { scenarios } from "../generate/scenario.js";
import { judge } from "../support/judge.js";
import { compared, must, mustBeSame } from "../support/must.js";
import { ofProposals, property } from "../support/property.js";

/** A yes that is of something else: another proposal, another policy, or by nobody who is asked. */
const strays = (proposal: string, policy: string): Confirmation[] =>
  ["owner", "board", "desk"].flatMap((by) => [
    { by, answer: true, proposal: `${proposal}0`, policy },
    { by, answer: true, proposal, policy: `${policy}0` },
    { by: `${by} `, answer: true, proposal, policy },
  ]);

const stray = ofProposals(
  {
    id: "T11.stray",
    says: "confirmation binds: what is of another proposal or policy, or by somebody else, releases nothing",
  },
  ({ engine, story }, proposal) => {
    const judged = judge(engine, story, proposal);
    const { proposal: digest } = judged.evaluation.decision;
    const with_: Knowledge = {
      ...judged.knowledge,
      confirmations: [...judged.knowledge.confirmations, ...strays(digest, engine.digest)],
    };
    compared();
    mustBeSame("the same decision", engine.evaluate(proposal, with_), judged.evaluation, judged);
  },
);

const releases = ofProposals(
  {
    id: "T11.releases",
    says: "confirmation binds: it releases what was confirmed, and nothing that differs from it",
  },
  ({ engine, story }, proposal) => {
    const judged = judge(engine, { ...story, confirmations: [] }, proposal);
    const { decision } = judged.evaluation;
    if (decision.decision !== "confirm") return;
    compared(4);
    const said = decision.assessments.reversibility.awaiting.map(
      (by): Confirmation => ({ by, answer: true, proposal: decision.proposal, policy: engine.digest }),
    );
    const confirmed: Knowledge = { ...judged.knowledge, confirmations: said };
    must(
      engine.evaluate(proposal, confirmed).decision.decision === "authorize",
      "confirmed by all who are asked, it is carried out",
      judged,
    );
    const partly: Knowledge = { ...confirmed, confirmations: said.slice(1) };
    // A milder class that is possible too may be released by those: then it is open whether the graver one still waits.
    must(
      ["confirm", "clarify"].includes(engine.evaluate(proposal, partly).decision.decision),
      "confirmed by all but one, it waits",
      judged,
    );
    const refused: Knowledge = {
      ...confirmed,
      confirmations: [...said, ...said.slice(0, 1).map((one) => ({ ...one, answer: false }))],
    };
    must(
      engine.evaluate(proposal, refused).decision.decision === "return",
      "refused after all, it goes back",
      judged,
    );
    const other = { ...(proposal as object), message: "another message" };
    must(
      engine.evaluate(other, confirmed).decision.decision !== "authorize",
      "another message is another proposal",
      judged,
    );
  },
);

/** A session whose sources always answer; undefined where the givens of the story do not open one. */
async function opened(engine: Engine, story: Story, clock: () => number): Promise<Session | undefined> {
  const oracle = oracleOf(engine.policy, { ...story.oracle, trouble: 0 }, story.now);
  const sources = {
    ask: async (questions: readonly FactQuestion[]) => questions.map(oracle),
    close: async () => {},
  };
  try {
    return await new Store(engine, sources, { clock }).open({ givens: story.givens });
  } catch (error) {
    if (error instanceof SessionError) return undefined;
    throw error;
  }
}

/** Lets some confirm the last proposal; gives the last decision. */
async function confirmedBy(session: Session, principals: readonly string[]): Promise<string> {
  let decision = "confirm";
  for (const by of principals) ({ decision } = await session.confirm({ by }));
  return decision;
}

/** Where the last to be asked has let the time pass, no word is taken any more. */
function tooLate(error: unknown): string {
  if (error instanceof SessionError) return "too late";
  throw error;
}

/** Longer than a confirmation counts under any generated `escalate`. */
const days = 8 * 24 * 3_600_000;

/** Proposes, and lets those confirm who are asked; one with a key would have to sign, and then nothing is tried. */
async function releasesOnceAndInTime(
  session: Session,
  proposal: unknown,
  { later, signing }: { readonly later: () => void; readonly signing: ReadonlySet<string> },
): Promise<void> {
  const { decision, assessments } = await session.propose(proposal);
  const { awaiting } = assessments.reversibility;
  if (decision !== "confirm" || awaiting.some((one) => signing.has(one))) return;
  if (awaiting.length > 1) {
    await confirmedBy(session, awaiting.slice(0, 1));
    later();
    mustNotBe(
      "authorize",
      await confirmedBy(session, awaiting.slice(1)).catch(tooLate),
      "one of the confirmations is days old",
    );
  }
  const afresh = await session.propose(proposal);
  if (afresh.decision !== "confirm") return;
  const released = await confirmedBy(session, afresh.assessments.reversibility.awaiting);
  compared();
  mustBeSame("confirmed by all who are asked, it is carried out", released, "authorize");
  const again = await session.propose(proposal);
  // What was carried out may have made it milder, or surer: then nobody has to confirm it any more.
  if (asksOf(again) === asksOf(afresh))
    mustNotBe("authorize", again.decision, "one confirmation releases one action");
}

const asksOf = ({ assessments: { grounding, reversibility } }: Decision): string =>
  `${reversibility.class} ${reversibility.mildest} ${grounding.confidence}`;

function mustNotBe(word: string, decision: string, why: string): void {
  compared();
  if (decision === word) throw new Error(`${decision}, although ${why}`);
}

const inSession = property({
  id: "T11.session",
  says: "confirmation binds: in a session it releases once, and in time",
  of: scenarios({ extensions: 1, stories: 4, proposals: 6 }),
  check: async ({ engine, tellings }) => {
    const { principals } = engine.policy;
    const signing = new Set(principals.flatMap(({ name, key }) => (key === undefined ? [] : [name])));
    for (const { story, proposals } of tellings) {
      let now = story.now;
      const session = await opened(engine, story, () => now);
      if (session === undefined) continue;
      for (const proposal of proposals)
        await releasesOnceAndInTime(session, proposal, {
          later: () => {
            now += days;
          },
          signing,
        });
    }
  },
});

export const t11 = [stray, releases, inSession];
