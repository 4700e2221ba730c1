import {
  compileNarrowing,
  type CompileResult,
  compilePolicy,
  createEngine,
  type Engine,
  type Evaluation,
  renderDiagnostics,
} from "../../../src/index.js";
import type { FactAnswer, Knowledge, Observation, PastAction } from "../../../src/ir/knowledge.js";
import type { PolicyIr } from "../../../src/ir/policy.js";
import { leavesOf } from "../../../src/sources/observed.js";
import type { Story } from "../generate/knowledge.js";
import { isNarrowing, type Texts } from "../generate/model.js";
import { type Oracle, oracleOf } from "../generate/oracle.js";

/** Compiles a policy of several files, narrowings put on last; one that does not check is a failure that shows why. */
export function compiled(entry: string, texts: Texts): PolicyIr {
  const policy = built(
    compilePolicy(entry, {
      read: (path) => {
        const text = texts.get(path);
        return text === undefined ? { error: "there is no such file" } : { text };
      },
    }),
  );
  const narrowings = [...texts].filter(([path]) => isNarrowing(path));
  return narrowings.reduce((on, [file, text]) => built(compileNarrowing({ file, text }, on)), policy);
}

function built(result: CompileResult): PolicyIr {
  if (result.policy !== null) return result.policy;
  const errors = result.diagnostics.filter((one) => one.severity === "error");
  throw new Error(
    `the policy does not check\n${renderDiagnostics(errors, (file) => result.sources.get(file), { color: false })}`,
  );
}

/** The ids of all statements that a ruling can answer, of every layer. */
export function statementIds(policy: PolicyIr): string[] {
  return policy.layers
    .flatMap(({ scope, grounding, reversibility, discernment }) => [
      ...(scope === null ? [] : [...scope.permits, ...scope.forbids, ...scope.limits]),
      ...(grounding?.grounds ?? []),
      ...(reversibility?.treats ?? []),
      ...(discernment?.grays ?? []),
      ...(discernment?.fidelity === undefined ? [] : [discernment.fidelity]),
    ])
    .map((statement) => statement.id);
}

/** A decision with all that it was made on. */
export interface Judged {
  readonly engine: Engine;
  readonly proposal: unknown;
  readonly knowledge: Knowledge;
  readonly evaluation: Evaluation;
}

/** As all that was asked for is known; with what was decided on less on the way there, the least first. */
export interface Answered extends Judged {
  readonly earlier: readonly Judged[];
}

/** What differs from the story as it was told. */
export interface Variation {
  /** Statements that rulings answer, where they are another policy's. */
  readonly statements?: readonly string[];
  readonly oracle?: Oracle;
}

/** Judges a proposal on a story: its past is lived through, and every fact asked for is answered. */
export function judge(
  engine: Engine,
  story: Story,
  proposal: unknown,
  { statements, oracle }: Variation = {},
): Answered {
  const past = pastOf(engine, story);
  const isSpokenOf = story.rulings.length > 0 || story.confirmations.length > 0;
  const digest = isSpokenOf ? engine.evaluate(proposal, quiet(story)).decision.proposal : "";
  const words = wordsOn(engine, story, digest, statements ?? statementIds(engine.policy));
  return answered(
    engine,
    proposal,
    { ...past, ...words },
    oracle ?? oracleOf(engine.policy, story.oracle, story.now),
  );
}

const pasts = new WeakMap<Engine, WeakMap<Story, Knowledge>>();

/** The past of a story under a policy, lived through once for all proposals. */
function pastOf(engine: Engine, story: Story): Knowledge {
  const known = pasts.get(engine) ?? new WeakMap<Story, Knowledge>();
  pasts.set(engine, known);
  const past = known.get(story) ?? lived(engine, story);
  known.set(story, past);
  return past;
}

/** Asks until nothing is asked any more. */
export function answered(engine: Engine, proposal: unknown, before: Knowledge, oracle: Oracle): Answered {
  const answers: FactAnswer[] = [...before.answers];
  const earlier: Judged[] = [];
  for (let round = 0; round < maxRounds; round += 1) {
    const knowledge = { ...before, answers: [...answers] };
    const evaluation = engine.evaluate(proposal, knowledge);
    if (evaluation.asks.length === 0) return { engine, proposal, knowledge, evaluation, earlier };
    earlier.push({ engine, proposal, knowledge, evaluation });
    answers.push(...evaluation.asks.map(oracle));
  }
  throw new Error(`after ${maxRounds} rounds of answers there are still questions`);
}

const maxRounds = 40;

function quiet(story: Story): Knowledge {
  return {
    now: story.now,
    session: {
      id: "s1",
      ...(story.root === undefined ? {} : { root: story.root }),
      ...(story.instruction === undefined ? {} : { instruction: story.instruction }),
    },
    ...(story.descent === undefined ? {} : { descent: story.descent }),
    ...(story.problems === undefined ? {} : { problems: story.problems }),
    ...(story.tier === undefined ? {} : { tier: story.tier }),
    actor: { id: "agent", roles: story.roles },
    givens: story.givens,
    answers: [],
    history: [],
    observations: [],
    said: story.said,
    rulings: [],
    confirmations: [],
    ...(story.fidelity === undefined ? {} : { fidelity: story.fidelity }),
    ...(story.lapsed ? { lapsed: true } : {}),
  };
}

/** The past of a story as the store would have recorded it, the earliest first. */
function lived(engine: Engine, story: Story): Knowledge {
  const known = quiet(story);
  // What was done was done by others, too, of the same tree, on what reached them.
  const { descent: _, problems: _problems, ...before } = known;
  const own = story.root ?? "s1";
  const { root: _root, ...session } = before.session;
  const history: PastAction[] = [];
  const observations: Observation[] = [];
  for (const event of [...story.past].sort((a, b) => b.ago - a.ago)) {
    const now = story.now - event.ago;
    const at = {
      ...before,
      session: { ...session, id: event.session },
      now,
      history: [...history],
      observations: [...observations],
    };
    const { values, classes, trust } = engine.evaluate({ tool: event.tool, args: event.args }, at);
    if (values === null) continue;
    history.push({
      session: event.session,
      at: now,
      tool: event.tool,
      args: values,
      classes,
      observed: event.output !== undefined,
      trust,
    });
    if (event.output === undefined || event.session !== own) continue;
    const sources = engine.sourcesOf(event.tool, values, at);
    const after = history.filter((action) => action.session === own).length;
    observations.push({ tool: event.tool, sources, after, leaves: leavesOf(event.output) });
  }
  return { ...known, history, observations };
}

/** What principals answered and confirmed. */
function wordsOn(
  engine: Engine,
  story: Story,
  digest: string,
  statements: readonly string[],
): Pick<Knowledge, "rulings" | "confirmations"> {
  return {
    rulings: story.rulings.map(({ statement, answer, by, forSession }) => ({
      question: statements[statement % statements.length] as string,
      answer,
      by,
      ...(forSession ? {} : { proposal: digest }),
    })),
    confirmations: story.confirmations.map(({ by, answer, of }) => ({
      by,
      answer,
      proposal: of === "other proposal" ? "sha256:other" : digest,
      policy: of === "other policy" ? "sha256:other" : engine.digest,
    })),
  };
}

export const engineOf = (entry: string, texts: Texts): Engine => createEngine(compiled(entry, texts));
