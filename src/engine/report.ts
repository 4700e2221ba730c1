import type { Question, Report, ReportRule, RuleReport } from "../ir/decision.js";
import { truthName } from "../logic/value.js";
import type { Case } from "../validators/case.js";
import type { Assessed } from "../validators/index.js";
import { descentReport } from "./descent.js";
import { residualText } from "./residual-text.js";

/** The report that a clarify carries (semantics.md, *The Beiur report*): its three parts as data. */
export function reportOf(c: Case, assessed: Assessed, questions: Question | null): Report {
  return {
    source: sourceOf(c, assessed),
    descent: descentReport(c.policy, c.knowledge, c.plan.tool.name),
    questions,
  };
}

function sourceOf(c: Case, { assessments }: Assessed): Report["source"] {
  // What is false neither speaks for it nor against it.
  const spoken = assessments.scope.rules.filter(({ value }) => value !== "false");
  const rules = spoken.map((rule, i) => ruleTold(c, rule, i < mostResiduals));
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
      [...(scope?.permits.all ?? []), ...(scope?.forbids.all ?? [])]
        .filter(({ ir }) => ir.serving.includes(bullet))
        .map(({ ir }) => ir.id),
    ),
  ),
];

/** So many rules are told with what is left of them: a table of a thousand permits is read by nobody. */
const mostResiduals = 50;

function ruleTold(
  c: Case,
  { fails: _f, used: _u, limit: _l, ...rule }: RuleReport,
  wholly: boolean,
): ReportRule {
  return wholly ? { ...rule, ...residual(c, rule) } : rule;
}

function residual(c: Case, { id, value }: Pick<ReportRule, "id" | "value">): { residual?: string } {
  const text = value === "unknown" ? residualText(c, id) : undefined;
  return text === undefined ? {} : { residual: text };
}

/** Gray lines that apply, or may. */
function graysTold(c: Case, { components }: Assessed["assessments"]["discernment"]): ReportRule[] {
  const grays = c.plan.layers.flatMap(({ ir: { name }, grays: own }) =>
    (own?.all ?? []).map(({ ir, when }) => ({ ir, when, layer: name })),
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
        ...residual(c, { id, value }),
        ...(because === undefined ? {} : { because }),
      },
    ];
  });
}
