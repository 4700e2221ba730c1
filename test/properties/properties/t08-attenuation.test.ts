import fc from "fast-check";
import { test } from "vitest";
import type { Engine } from "../../../src/index.js";
import type { Knowledge, PastAction } from "../../../src/ir/knowledge.js";
import type { LimitIr } from "../../../src/ir/policy.js";
import type { Predicate } from "../../../src/ir/predicate.js";
import { covers } from "../../../src/logic/tools.js";
import { drawn } from "../generate/choices.js";
import { textsOf } from "../generate/model.js";
import { oracleOf } from "../generate/oracle.js";
import { extensionOf } from "../generate/policy.js";
import { type Scenario, scenarioOf, shown } from "../generate/scenario.js";
import { clearance } from "../support/clearance.js";
import { answered, engineOf, judge, type Judged, statementIds } from "../support/judge.js";
import { must, mustBeSame, parameters, timeout } from "../support/run.js";

interface Narrowed {
  readonly scenario: Scenario;
  /** The same policy with one layer more. */
  readonly narrowed: Engine;
}

const narrowings = (proposals: number): fc.Arbitrary<Narrowed> =>
  drawn((draw): Narrowed => {
    const scenario = scenarioOf(draw, 1, proposals);
    const { files, entry, world, commission } = scenario.model;
    const { file } = draw.span(() =>
      extensionOf(draw, { world, index: 9, below: entry, mayDeclareClass: entry === commission }),
    );
    const texts = textsOf([...files, file]);
    return {
      scenario,
      narrowed: engineOf(file.path, texts),
      [fc.toStringMethod]: () => shown(texts, scenario.story, scenario.proposals),
    } as Narrowed;
  });

test(
  "T8 attenuation: a layer above the commission never raises a clearance",
  () => {
    const property = fc.property(narrowings(4), ({ scenario: { engine, story, proposals }, narrowed }) => {
      for (const proposal of proposals) {
        const before = judge(engine, story, proposal);
        const after = judge(narrowed, story, proposal, { statements: statementIds(engine.policy) });
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
    });
    fc.assert(property, parameters());
  },
  timeout,
);

/** Proposes one after another, each as long as the last was authorized; gives what was carried out. */
function lived(engine: Engine, { story, proposals }: Scenario): readonly Judged[] {
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

test(
  "T8 attenuation: no limit of the commission lets more through under a layer more",
  () => {
    const property = fc.property(narrowings(4), ({ scenario, narrowed }) => {
      const limits = scenario.engine.policy.layers.flatMap((layer) => layer.scope?.limits ?? []);
      const counts = limits.filter(isPlain);
      for (const engine of [scenario.engine, narrowed])
        for (const judged of lived(engine, scenario)) {
          if (judged.evaluation.decision.decision !== "authorize") continue;
          const passed = counts.filter(
            (limit) =>
              covers(limit.tools, decisionTool(judged.proposal)) && through(limit, judged) > limit.to,
          );
          must(passed.length === 0, "an action is authorized beyond a limit", judged, { passed });
        }
    });
    fc.assert(property, parameters());
  },
  timeout,
);
