import type { Question, Report, ReportRule, RuleReport } from "../ir/decision.js";
import { truthName } from "../logic/value.js";
import type { Case } from "../validators/case.js";
import type { Assessed } from "../validators/index.js";
import { descentReport } from "./descent.js";

/** The report that a clarify carries (semantics.md, *The Beiur report*): its three parts as data. */
export function reportOf(c: Case, assessed: Assessed, questions: Question | null): Report {
  return {
    source: sourceOf(c, assessed),
    descent: descentReport(c.policy, c.knowledge, c.plan.tool.name),
    questions,
  };
}

function sourceOf(c: Case, { assessments }: Assessed): Report["source"] {
  const rules = assessments.scope.rules.map(ruleTold);
  const isFor = ({ effect }: ReportRule): boolean => effect === "permit";
  return {
    bullets: (c.policy.intent?.bullets ?? []).map(({ name, text }) => ({
      name,
      text,
      servedBy: servingRules(c, name),
    })),
    for: rules.filter(isFor),
    against: [...rules.filter((rule) => !isFor(rule)), ...graysTold(c, assessments.discernment)],
  };
}

/** Permits and forbids that speak of the tool and stand for the sake of a bullet. */
const servingRules = ({ plan }: Case, bullet: string): string[] => [
  ...new Set(
    plan.layers.flatMap(({ scope }) =>
      [...(scope?.permits ?? []), ...(scope?.forbids ?? [])]
        .filter(({ ir }) => ir.serving.includes(bullet))
        .map(({ ir }) => ir.id),
    ),
  ),
];

const ruleTold = ({ fails: _f, used: _u, limit: _l, ...rule }: RuleReport): ReportRule => rule;

/** Gray lines that apply, or may. */
function graysTold(c: Case, { components }: Assessed["assessments"]["discernment"]): ReportRule[] {
  const grays = c.plan.layers.flatMap(({ ir: { name }, grays: own }) =>
    (own ?? []).map(({ ir, when }) => ({ ir, when, layer: name })),
  );
  return components.flatMap(({ kind, rule, weight: _, ...place }): ReportRule[] => {
    const found = kind === "gray" ? grays.find(({ ir }) => ir.id === rule) : undefined;
    if (found === undefined) return [];
    const { id, because } = found.ir;
    const value = truthName(found.when.value(c.full));
    return [
      {
        id,
        layer: found.layer,
        effect: "gray",
        value,
        ...place,
        ...(because === undefined ? {} : { because }),
      },
    ];
  });
}
