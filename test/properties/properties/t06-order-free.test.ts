import fc from "fast-check";
import { test } from "vitest";
import { createEngine } from "../../../src/index.js";
import { type Draw, drawn } from "../generate/choices.js";
import { type Reorder, textsOf } from "../generate/model.js";
import { type Scenario, scenarioOf, shown } from "../generate/scenario.js";
import { compiled, judge } from "../support/judge.js";
import { holdsOfEach, must, mustBeSame, parameters, timeout, withoutPlaces } from "../support/run.js";

/** Some order of the items, drawn. */
const reordering =
  (draw: Draw): Reorder =>
  (items) => {
    const left = [...items];
    const made: typeof left = [];
    while (left.length > 0) made.push(...left.splice(draw.below(left.length), 1));
    return made;
  };

/** The same data with the keys of its objects in another order. */
function rekeyed(value: unknown, reorder: Reorder): unknown {
  if (Array.isArray(value)) return value.map((item) => rekeyed(item, reorder));
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return value;
  return Object.fromEntries(
    reorder(Object.entries(value)).map(([key, item]) => [key, rekeyed(item, reorder)]),
  );
}

interface Reordered {
  readonly scenario: Scenario;
  readonly policy: ReturnType<typeof compiled>;
  readonly proposals: readonly unknown[];
}

const reordered = drawn((draw): Reordered => {
  const scenario = scenarioOf(draw, 3, 3);
  const reorder = reordering(draw);
  const texts = textsOf(scenario.model.files, reorder);
  return {
    scenario,
    policy: compiled(scenario.model.entry, texts),
    proposals: scenario.proposals.map((proposal) => rekeyed(proposal, reorder)),
    [fc.toStringMethod]: () =>
      `${shown(scenario.texts, scenario.story, scenario.proposals)}\n=== reordered${shown(texts, null, [])}`,
  } as Reordered;
});

test(
  "T6 order-free: statements, declarations, files and keys in another order change nothing",
  () => {
    const property = fc.property(reordered, ({ scenario, policy, proposals }) => {
      const { engine, story } = scenario;
      const { spans: _a, ...one } = engine.policy;
      const { spans: _b, ...other } = policy;
      mustBeSame("the same policy", other, one);
      const again = createEngine(policy);
      mustBeSame("the same digest", again.digest, engine.digest);
      for (const [index, proposal] of proposals.entries()) {
        const a = judge(engine, story, scenario.proposals[index]);
        const b = judge(again, story, proposal);
        // A proposal that is malformed is told from others by its bytes; it has no normal form.
        if (a.evaluation.values === null) continue;
        mustBeSame(
          "the same decision",
          withoutPlaces(b.evaluation.decision),
          withoutPlaces(a.evaluation.decision),
        );
        mustBeSame(
          "the same report",
          withoutPlaces(again.decide(proposal, b.knowledge).decision),
          withoutPlaces(engine.decide(scenario.proposals[index], a.knowledge).decision),
        );
      }
    });
    fc.assert(property, parameters());
  },
  timeout,
);

holdsOfEach("T6 order-free: no forbid is outvoted", ({ engine, story }, proposal) => {
  const judged = judge(engine, story, proposal);
  const { scope } = judged.evaluation.decision.assessments;
  const forbidden = scope.rules.some(
    (rule) => (rule.effect === "forbid" || rule.effect === "limit") && rule.value === "true",
  );
  must(
    !forbidden || scope.finding === "outside",
    "a forbid that is true, or a limit that is passed, is outside",
    judged,
  );
  const uncertain = scope.rules.some((rule) => rule.effect === "forbid" && rule.value === "unknown");
  must(!uncertain || scope.finding !== "within", "a forbid that is unknown is not within", judged);
});
