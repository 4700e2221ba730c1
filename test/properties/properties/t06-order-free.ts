import fc from "fast-check";
import { type Draw, drawn } from "../generate/choices.js";
import { type Reorder, type Texts, textsOf } from "../generate/model.js";
import { type Scenario, scenarioOf, shown } from "../generate/scenario.js";
import { engineOf, judge } from "../support/judge.js";
import { compared, must, mustBeSame, withoutPlaces } from "../support/must.js";
import { ofDecisions, property } from "../support/property.js";

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
  readonly texts: Texts;
  readonly reorder: Reorder;
}

const reordered = drawn((draw): Reordered => {
  const scenario = scenarioOf(draw, { extensions: 3, stories: 4, proposals: 8 });
  const texts = textsOf(scenario.model.files, reordering(draw));
  return {
    scenario,
    texts,
    // Of keys any order will do; what is told under it is none of the draw's record.
    reorder: (items) => [...items].reverse(),
    [fc.toStringMethod]: () =>
      `${shown(scenario.texts, scenario.tellings)}\n=== reordered${shown(texts, [])}`,
  } as Reordered;
});

function sameInAnyOrder({ scenario: { engine, model, tellings }, texts, reorder }: Reordered): void {
  const again = engineOf(model.entry, texts);
  const { spans: _a, ...one } = engine.policy;
  const { spans: _b, ...other } = again.policy;
  mustBeSame("the same policy", other, one);
  mustBeSame("the same digest", again.digest, engine.digest);
  for (const { story, proposals } of tellings)
    for (const proposal of proposals) {
      const a = judge(engine, story, proposal);
      // A proposal that is malformed is told from others by its bytes; it has no normal form.
      if (a.evaluation.values === null) continue;
      const same = rekeyed(proposal, reorder);
      const b = judge(again, story, same);
      compared();
      mustBeSame(
        "the same decision, and the same report",
        withoutPlaces(again.decide(same, b.knowledge).decision),
        withoutPlaces(engine.decide(proposal, a.knowledge).decision),
      );
    }
}

const permuted = property({
  id: "T6.permuted",
  says: "order-free: statements, declarations, files and keys in another order change nothing",
  of: reordered,
  check: sameInAnyOrder,
});

const forbids = ofDecisions({ id: "T6.forbid", says: "order-free: no forbid is outvoted" }, (judged) => {
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

export const t06 = [permuted, forbids];
