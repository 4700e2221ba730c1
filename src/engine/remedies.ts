import { decisionWords, type Remedy, type RuleReport } from "../ir/decision.js";
import type { Json } from "../ir/json.js";
import { formatDuration } from "../ir/value.js";
import type { OpenLeaf } from "../logic/frame.js";
import { isOpen } from "../logic/value.js";
import type { Case } from "../validators/case.js";
import { grayAsks } from "../validators/discernment.js";
import type { LayerPlan, LimitPlan } from "../validators/plan.js";
import type { Assessed } from "../validators/index.js";
import { allows } from "./decide.js";

/**
 * What would satisfy each finding that stops (semantics.md, *The decision*): data for a program, with a sentence for a
 * person. What decides comes first.
 */
export function remediesOf(c: Case, assessed: Assessed): Remedy[] {
  const all = [
    ...scopeRemedies(c, assessed),
    ...groundingRemedies(c, assessed),
    ...reversibilityRemedies(c, assessed),
    ...discernmentRemedies(c, assessed),
  ];
  const rank = ({ validator }: Remedy): number =>
    decisionWords.indexOf(allows(assessed.assessments, validator));
  return all.sort((a, b) => rank(a) - rank(b));
}

/** Where a rule stands and why, as far as it is written. */
const cited = (rule: {
  readonly id?: string;
  readonly rule?: string | undefined;
  readonly at?: string | undefined;
  readonly text?: string | undefined;
  readonly because?: string | undefined;
  readonly fails?: readonly string[] | undefined;
}) => {
  return {
    rule: (rule.id ?? rule.rule) as string,
    ...(rule.at === undefined ? {} : { at: rule.at }),
    ...(rule.text === undefined ? {} : { text: rule.text }),
    ...(rule.because === undefined ? {} : { because: rule.because }),
    ...(rule.fails === undefined ? {} : { fails: [...rule.fails] }),
  };
};

// ------------------------------------------------------------------ scope

function scopeRemedies(c: Case, { assessments, open }: Assessed): Remedy[] {
  const { finding, problems, rules } = assessments.scope;
  if (finding === "within") return [];
  const standing = problems.map(
    (problem): Remedy => ({
      kind: "respecify-intent",
      validator: "scope",
      satisfy: `${problem}; the tier above may do it, or a principal may grant it`,
    }),
  );
  if (finding === "unknown")
    return [
      ...standing,
      ...openRemedies(
        c,
        "scope",
        open.filter((one) => one.part === "scope"),
      ),
    ];
  const layers = c.plan.layers.filter((layer) => layer.scope !== null);
  if (layers.length === 0)
    standing.push({ kind: "respecify-intent", validator: "scope", satisfy: "no layer permits anything" });
  return [
    ...standing,
    ...rules.filter((rule) => rule.effect === "forbid" && rule.value === "true").map(forbidden),
    ...rules
      .filter((rule) => rule.effect === "limit" && rule.value === "true")
      .map((rule) => limited(c, rule)),
    ...once(layers.flatMap((layer) => notPermitted(c, layer, rules))),
  ];
}

const forbidden = (rule: RuleReport): Remedy => ({
  kind: "narrow-action",
  validator: "scope",
  ...cited(rule),
  satisfy: "change the action so that this line does not apply",
});

function limited(c: Case, rule: RuleReport): Remedy {
  const { to, per } = (c.plan.limits.get(rule.id) as LimitPlan).ir;
  // Where it cannot be told what was used, a principal has said that the limit is passed.
  const state = rule.used === undefined ? "not kept, as a principal says" : `${rule.used} of ${to} used`;
  if (rule.used !== undefined && rule.used <= 0)
    return {
      kind: "narrow-action",
      validator: "scope",
      ...cited(rule),
      satisfy: `propose less: this action alone passes the limit of ${to}`,
    };
  if (per === "session")
    return {
      kind: "respecify-intent",
      validator: "scope",
      ...cited(rule),
      satisfy: `the limit of this session is reached (${state}); a principal has to allow more`,
    };
  return {
    kind: "wait",
    validator: "scope",
    ...cited(rule),
    satisfy: `wait until the limit per ${formatDuration(per)} allows it again (${state})`,
  };
}

/** Layers may have one name, as narrowings do: what they would tell alike is told once. */
const once = (remedies: readonly Remedy[]): Remedy[] => [
  ...new Map(remedies.map((remedy) => [`${remedy.rule} ${remedy.satisfy}`, remedy])).values(),
];

/** The permits a layer has for the tool, if none is true; or that it has none. */
function notPermitted(
  c: Case,
  { ir: { name: layer }, scope }: LayerPlan,
  rules: readonly RuleReport[],
): Remedy[] {
  const own = new Set(scope?.permits.all.map((permit) => permit.ir.id));
  const permits = rules.filter(({ id }) => own.has(id));
  if (permits.some((rule) => rule.value !== "false")) return [];
  if (permits.length === 0)
    return [
      {
        kind: "respecify-intent",
        validator: "scope",
        satisfy: `no line of \`${layer}\` permits \`${c.plan.tool.name}\`; a principal has to commission it`,
      },
    ];
  return permits.map((rule) => ({
    kind: "narrow-action",
    validator: "scope",
    ...cited(rule),
    satisfy: `change the action so that this permit covers it${holds(rule.fails)}`,
  }));
}

/** Which parts have to hold, after a sentence. */
const holds = (parts: readonly string[] | undefined): string =>
  parts === undefined ? "" : `: ${parts.map((part) => `\`${part}\``).join(" and ")} must hold`;

// ------------------------------------------------------------------ grounding

function groundingRemedies(c: Case, { assessments, open }: Assessed): Remedy[] {
  const { checks, claims } = assessments.grounding;
  const contradicted = checks
    .filter((check) => check.value === "false")
    .map(
      (check): Remedy => ({
        kind: "provide-evidence",
        validator: "grounding",
        ...cited(check),
        satisfy: `look again: what is known does not bear this out${check.fails === undefined ? "" : `; ${check.fails.map((part) => `\`${part}\``).join(" and ")} is not so`}`,
      }),
    );
  const made = claims.map(
    (claim): Remedy =>
      claim.problem === "overconfident"
        ? {
            kind: "lower-confidence",
            validator: "grounding",
            atMost: Math.min(1, claim.atMost as number),
            satisfy: `claim \`${claim.name}\` with a confidence of at most ${Math.min(1, claim.atMost as number)}: no more is borne out`,
          }
        : {
            kind: "provide-evidence",
            validator: "grounding",
            satisfy:
              claim.problem === "missing"
                ? `state the claim \`${claim.name}\`: a check needs it`
                : `state the claim \`${claim.name}\` as a value of its type`,
          },
  );
  return [
    ...contradicted,
    ...made,
    ...openRemedies(
      c,
      "grounding",
      open.filter((one) => one.part === "check"),
    ),
  ];
}

// ------------------------------------------------------------------ what is open

/** Whether it is open because a source is silent: sources that disagree will not do otherwise when asked again. */
function isSilent(c: Case, leaf: OpenLeaf): boolean {
  if (leaf.kind !== "fact") return c.explain(leaf) === undefined;
  const args = leaf.args.filter((arg): arg is Json => !isOpen(arg));
  return args.length === leaf.args.length && c.full.fact(leaf.name, args).state !== "contested";
}

/** A silent source may answer later; every other unknown is a question. */
function openRemedies(
  c: Case,
  validator: "scope" | "grounding" | "reversibility",
  open: Assessed["open"],
): Remedy[] {
  return open.map((statement): Remedy => {
    const place = c.policy.spans[statement.id]?.[0];
    const where =
      place === undefined
        ? { rule: statement.id }
        : cited({ id: statement.id, at: `${place.file}:${place.line}:${place.column}`, text: place.text });
    const reasons = statement.leaves.flatMap((leaf) => c.explain(leaf) ?? []);
    const because =
      reasons.length === 0
        ? "it cannot be told whether this line holds"
        : [...new Set(reasons.map((one) => one.reason))].slice(0, 3).join("; ");
    const silent = reasons.length > 0 && statement.leaves.every((leaf) => isSilent(c, leaf));
    const from = c.askedOf(statement.leaves);
    return {
      kind: silent ? "wait" : "answer-question",
      validator,
      ...where,
      satisfy: silent ? `ask again when its sources answer: ${because}` : because,
      ...(from === undefined ? {} : { from: [from] }),
      questions: [
        ...new Set([
          ...statement.leaves.flatMap((leaf) => (leaf.kind === "given" ? [`given:${leaf.name}`] : [])),
          statement.id,
        ]),
      ],
    };
  });
}

// ------------------------------------------------------------------ reversibility, discernment

function reversibilityRemedies(c: Case, { assessments, open }: Assessed): Remedy[] {
  const { finding, awaiting, class: name, rules } = assessments.reversibility;
  if (finding === "recoverable") return [];
  if (finding === "indeterminate")
    return openRemedies(
      c,
      "reversibility",
      open.filter((one) => one.part === "class"),
    );
  const rule = rules.find((one) => one.value === "true" && one.effect === `treat as ${name}`);
  const who =
    awaiting.length === 0 ? "a principal" : awaiting.map((principal) => `\`${principal}\``).join(" and ");
  return [
    {
      kind: "obtain-confirmation",
      validator: "reversibility",
      ...(rule === undefined ? {} : cited(rule)),
      satisfy: `${who} ${awaiting.length > 1 ? "confirm" : "confirms"} this action: it counts as \`${name}\``,
      from: awaiting,
    },
  ];
}

function discernmentRemedies(c: Case, { assessments, open, grays }: Assessed): Remedy[] {
  const { finding, refusedBy, components } = assessments.discernment;
  if (finding === "clear") return [];
  if (finding === "refused")
    return [
      {
        kind: "respecify-intent",
        validator: "discernment",
        satisfy: `${refusedBy.map((by) => `\`${by}\``).join(" and ")} refused it; propose something else, or let the intent be written anew`,
      },
    ];
  const gray = grays.map((ir): Remedy => {
    const component = components.find((one) => one.rule === ir.id);
    const from = grayAsks(c, ir);
    return {
      kind: "answer-question",
      validator: "discernment",
      ...cited({ id: ir.id, at: component?.at, text: component?.text, because: ir.because }),
      satisfy: ir.asks?.question ?? "a principal says whether this is meant",
      ...(from === undefined ? {} : { from: [from] }),
      questions: [ir.id],
    };
  });
  const message = components
    .filter((one) => one.kind === "message")
    .map(
      (one): Remedy => ({
        kind: "answer-question",
        validator: "discernment",
        ...cited(one),
        satisfy: "give a message that says what of the intent this serves",
        questions: [one.rule as string],
      }),
    );
  const rest = open.map((one) => one.id);
  const undecided: Remedy[] =
    rest.length === 0
      ? []
      : [
          {
            kind: "answer-question",
            validator: "discernment",
            satisfy: "what the other validators could not decide has to be settled first",
            questions: [...new Set(rest)],
          },
        ];
  return [...gray, ...message, ...undecided];
}
