import fc from "fast-check";
import type { Engine } from "../../../src/index.js";
import type { Knowledge, PastAction } from "../../../src/ir/knowledge.js";
import type { LimitIr } from "../../../src/ir/policy.js";
import type { Predicate } from "../../../src/ir/predicate.js";
import { covers } from "../../../src/logic/tools.js";
import { type Draw, drawn } from "../generate/choices.js";
import { textsOf } from "../generate/model.js";
import { oracleOf } from "../generate/oracle.js";
import { extensionOf, narrowingOf } from "../generate/policy.js";
import { type Scenario, scenarioOf, shown, type Telling } from "../generate/scenario.js";
import { clearance } from "../support/clearance.js";
import { answered, engineOf, judge, type Judged, statementIds } from "../support/judge.js";
import { compared, must, mustBeSame } from "../support/must.js";
import { property } from "../support/property.js";

export interface Narrowed {
  readonly scenario: Scenario;
  /** The same policy with one layer more. */
  readonly narrowed: Engine;
}

interface Most {
  readonly stories: number;
  readonly proposals: number;
}

export function narrowedOf(draw: Draw, most: Most): Narrowed {
  const scenario = scenarioOf(draw, { extensions: 1, ...most });
  const { files, entry, world, commission } = scenario.model;
  const file = draw.span(() =>
    draw.chance(30)
      ? narrowingOf(draw, world, 9)
      : extensionOf(draw, { world, index: 9, below: entry, mayDeclareClass: entry === commission }).file,
  );
  const texts = textsOf([...files, file]);
  return {
    scenario,
    narrowed: engineOf(file.narrows ? entry : file.path, texts),
    [fc.toStringMethod]: () => shown(texts, scenario.tellings),
  } as Narrowed;
}

const narrowings = (stories: number, proposals: number): fc.Arbitrary<Narrowed> =>
  drawn((draw) => narrowedOf(draw, { stories, proposals }));

const neverRaises = property({
  id: "T8.clearance",
  says: "attenuation: a layer above the commission never raises a clearance",
  of: narrowings(6, 10),
  check: ({ scenario: { engine, tellings }, narrowed }) => {
    const statements = statementIds(engine.policy);
    for (const { story, proposals } of tellings)
      for (const proposal of proposals) {
        const before = judge(engine, story, proposal);
        const after = judge(narrowed, story, proposal, { statements });
        compared();
        mustBeSame(
          "the same proposal",
          after.evaluation.decision.proposal,
          before.evaluation.decision.proposal,
        );
        const [was, is] = [before.evaluation.decision.decision, after.evaluation.decision.decision];
        must(clearance(is) <= clearance(was), `${was} becomes ${is} under a layer more`, after, {
          before: before.evaluation.decision,
        });
      }
  },
});

/** Proposes one after another, each as long as the last was authorized; gives what was carried out. */
function lived(engine: Engine, { story, proposals }: Telling): readonly Judged[] {
  const history: PastAction[] = [];
  const all: Judged[] = [];
  for (const [index, proposal] of [...proposals, ...proposals, ...proposals].entries()) {
    const now = story.now + index * 600_000;
    const told = judge(engine, { ...story, past: [], rulings: [] }, proposal).knowledge;
    const knowledge: Knowledge = { ...told, now, history: [...history] };
    const judged = answered(
      engine,
      proposal,
      { ...knowledge, answers: [] },
      oracleOf(engine.policy, story.oracle, now),
    );
    all.push(judged);
    const { decision, values, classes, trust } = judged.evaluation;
    if (decision.decision !== "authorize" || values === null) continue;
    history.push({
      session: "s1",
      at: now,
      tool: decisionTool(proposal),
      args: values,
      classes,
      observed: true,
      trust,
    });
  }
  return all;
}

const decisionTool = (proposal: unknown): string => (proposal as { tool: string }).tool;

/** The name of the argument that a predicate is, if it is nothing else. */
function argumentOf(predicate: Predicate | undefined): string | undefined {
  const path = typeof predicate === "object" && !Array.isArray(predicate) ? predicate.val : undefined;
  return Array.isArray(path) && path.length === 2 && path[0] === "arg" ? (path[1] as string) : undefined;
}

/** Whether what a limit counts can be told from the arguments alone. */
const isPlain = ({ sum, each }: LimitIr): boolean =>
  [sum, each].every((part) => part === undefined || argumentOf(part) !== undefined);

/** What a limit has let through in its window, up to and with an action. */
function through(limit: LimitIr, { knowledge: { history, now }, evaluation: { values } }: Judged): number {
  const [sum, each] = [argumentOf(limit.sum), argumentOf(limit.each)];
  const earlier = history.filter(
    (action) => covers(limit.tools, action.tool) && (limit.per === "session" || now - action.at < limit.per),
  );
  return [...earlier.map((action) => action.args), values ?? {}]
    .filter((args) => each === undefined || args[each] === values?.[each])
    .reduce((total, args) => total + (sum === undefined ? 1 : Number(args[sum])), 0);
}

/** Holds each action that is authorized against what the limits have let through by then. */
function staysWithin(engine: Engine, telling: Telling, limits: readonly LimitIr[]): void {
  for (const judged of lived(engine, telling)) {
    compared();
    if (judged.evaluation.decision.decision !== "authorize") continue;
    const passed = limits.filter(
      (limit) => covers(limit.tools, decisionTool(judged.proposal)) && through(limit, judged) > limit.to,
    );
    must(passed.length === 0, "an action is authorized beyond a limit", judged, { passed });
  }
}

const noMore = property({
  id: "T8.limits",
  says: "attenuation: no limit of the commission lets more through under a layer more",
  of: narrowings(3, 5),
  share: 0.5,
  check: ({ scenario, narrowed }) => {
    const limits = scenario.engine.policy.layers.flatMap((layer) => layer.scope?.limits ?? []);
    for (const engine of [scenario.engine, narrowed])
      for (const telling of scenario.tellings) staysWithin(engine, telling, limits.filter(isPlain));
  },
});

export const t08 = [neverRaises, noMore];
