import type { Decision, Leaf, Question, Session } from "../../../src/index.js";
import { SessionError } from "../../../src/index.js";
import type { Scenario, Telling } from "../generate/scenario.js";
import { copyOf, type Lived, openedIn, past } from "../support/lived.js";
import { compared } from "../support/must.js";
import { property } from "../support/property.js";
import { scenarios } from "../generate/scenario.js";

type Answer = Pick<Question, "key" | "kind" | "ask"> & {
  readonly answer: Question["choices"][number]["answer"];
};
interface Path {
  readonly answers: readonly Answer[];
  readonly leaf: Leaf;
}

function pathsOf(at: Question | Leaf, answers: readonly Answer[] = []): Path[] {
  if (!("key" in at)) return [{ answers, leaf: at }];
  const { key, kind, ask } = at;
  return at.choices.flatMap(({ answer, then }) => pathsOf(then, [...answers, { key, kind, ask, answer }]));
}

/** By whom it is asked of. What is asked only once the answer before is known is asked anew with it. */
async function rule(
  session: Session,
  proposal: unknown,
  { key, kind, ask, answer: said }: Answer,
): Promise<void> {
  const by = ask[0] ?? "";
  const word = {
    by,
    answer: said,
    ...(kind === "given" ? { given: key.slice("given:".length) } : { question: key }),
  };
  try {
    await session.rule(word);
  } catch (error) {
    if (!(error instanceof SessionError)) throw error;
    await session.propose(proposal);
    await session.rule(word);
  }
}

async function check(scenario: Scenario): Promise<void> {
  for (const telling of scenario.tellings) {
    const lives = await openedIn(scenario, telling);
    if (lives === undefined) continue;
    await past(lives, telling);
    for (const proposal of telling.proposals) await follow(scenario, telling, lives, proposal);
  }
}

/** Each path in a session of its own: answers stay. */
async function follow(scenario: Scenario, telling: Telling, lives: Lived, proposal: unknown): Promise<void> {
  const asking = await lives.session.propose(proposal);
  const questions = asking.report?.questions ?? null;
  if (questions === null) return;
  // Who has a key answers by signature: nobody here holds one.
  const signs = new Set(
    scenario.engine.policy.principals.filter(({ key }) => key !== undefined).map(({ name }) => name),
  );
  const paths = pathsOf(questions).filter(
    ({ answers }) => !answers.some(({ ask }) => signs.has(ask[0] ?? "")),
  );
  for (const { answers, leaf } of paths.slice(0, mostPaths)) {
    const session = await copyOf(scenario, telling, lives);
    // A copy has a salt of its own: where something is sensitive, what was shown in the first is another proposal here.
    await session.propose(proposal);
    for (const one of answers) await rule(session, proposal, one);
    const reached = await session.propose(proposal);
    compared();
    if (reached.decision !== leaf.decision) fail(proposal, answers, leaf, reached);
  }
}

/** A tree of four questions may have a hundred. */
const mostPaths = 6;

function fail(proposal: unknown, answers: readonly Answer[], leaf: Leaf, reached: Decision): never {
  throw new Error(
    `the answers ${JSON.stringify(answers)} to ${JSON.stringify(proposal)} lead to ${reached.decision}, not to ${leaf.decision}\n${JSON.stringify(reached, null, 1)}`,
  );
}

export const t12Sessions = [
  property({
    id: "T12.sessions",
    says: "honest questions: in a session, what principals answer along a path leads to the decision at its leaf",
    share: 0.5,
    of: scenarios({ extensions: 1, stories: 2, proposals: 3 }),
    check,
  }),
];
