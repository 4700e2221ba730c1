import {
  type Decision,
  type Leaf,
  type Question,
  type ValidatorName,
  validatorNames,
} from "../ir/decision.js";
import type { LayerIr, PolicyIr, RuleRefIr, SubjectIr, TestStepIr } from "../ir/policy.js";

/** What a step expects of the last decision. */
export type ExpectIr = Extract<TestStepIr, { step: `expect${string}` }>;

/** Whether a decision is as expected, and both in the words of the language. */
export interface Judged {
  readonly met: boolean;
  /** `clarify from scope`, `class undoable`. */
  readonly wanted: string;
  readonly got: string;
}

export function isExpectation(step: TestStepIr): step is ExpectIr {
  return step.step.startsWith("expect");
}

/** Holds a decision against what is expected of it. */
export function judged(step: ExpectIr, actual: Decision, policy: PolicyIr): Judged {
  switch (step.step) {
    case "expect":
      return decisionJudged(step, actual, policy);
    case "expect-finding": {
      const { finding } = actual.assessments[step.validator];
      return compared(`${step.validator} ${step.finding}`, `${step.validator} ${finding}`);
    }
    case "expect-class": {
      const { class: gravest, mildest } = actual.assessments.reversibility;
      const between = gravest !== mildest && mildest !== null;
      return compared(
        `class ${step.class}`,
        gravest === null
          ? "no class"
          : between
            ? `a class between ${mildest} and ${gravest}`
            : `class ${gravest}`,
      );
    }
    case "expect-confidence": {
      const { confidence } = actual.assessments.grounding;
      const { bound, value } = step;
      return {
        met:
          bound === "least"
            ? confidence >= value
            : bound === "most"
              ? confidence <= value
              : confidence === value,
        wanted: `confidence${bound === undefined ? "" : ` at ${bound}`} ${value}`,
        got: `confidence ${confidence}`,
      };
    }
    case "expect-remedy":
      return remedyJudged(step, actual, policy);
    case "expect-asks":
      return asksJudged(step, actual, policy);
  }
}

const compared = (wanted: string, got: string): Judged => ({ met: wanted === got, wanted, got });

type Expecting<S extends ExpectIr["step"]> = Extract<ExpectIr, { step: S }>;

function decisionJudged(
  { decision, from, by }: Expecting<"expect">,
  actual: Decision,
  policy: PolicyIr,
): Judged {
  const deciding = decidingRules(actual);
  const ids = by === undefined ? undefined : rulesOf(policy, by);
  const by_ = ids === undefined || deciding.some((id) => ids.has(id));
  const kinds = [...new Set(deciding.map((id) => id.split("/")[0]))].sort();
  const got = `${actual.decision}${fromText(actual.stoppedBy)}`;
  return {
    met:
      actual.decision === decision &&
      from.every((name) => actual.stoppedBy.includes(name as ValidatorName)) &&
      by_,
    wanted: `${decision}${fromText(from)}${by === undefined ? "" : ` by ${refText(by)}`}`,
    got: by === undefined || kinds.length === 0 ? got : `${got} by ${kinds.join(", ")}`,
  };
}

function remedyJudged({ kind, by }: Expecting<"expect-remedy">, actual: Decision, policy: PolicyIr): Judged {
  const ids = by === undefined ? undefined : rulesOf(policy, by);
  const kinds = actual.remedies.map((remedy) =>
    by === undefined || remedy.rule === undefined
      ? remedy.kind
      : `${remedy.kind} by ${remedy.rule.split("/")[0]}`,
  );
  return {
    met: actual.remedies.some(
      (remedy) =>
        remedy.kind === kind && (ids === undefined || (remedy.rule !== undefined && ids.has(remedy.rule))),
    ),
    wanted: `remedy ${kind}${by === undefined ? "" : ` by ${refText(by)}`}`,
    got: kinds.length === 0 ? "no remedy" : `remedy ${[...new Set(kinds)].join(", ")}`,
  };
}

function asksJudged(
  { principal, about }: Expecting<"expect-asks">,
  actual: Decision,
  policy: PolicyIr,
): Judged {
  const asked = askedBy(actual);
  const keys = about === undefined ? undefined : keysOf(policy, about);
  const told = asked.map(({ key, of }) => `${of} about ${keyText(key)}`);
  return {
    met: asked.some(({ key, of }) => of === principal && (keys === undefined || keys.has(key))),
    wanted: `asks ${principal}${about === undefined ? "" : ` about ${subjectText(about)}`}`,
    got: told.length === 0 ? "asks nobody" : `asks ${[...new Set(told)].join(", ")}`,
  };
}

const keyText = (key: string): string =>
  key.startsWith("given:") ? `given.${key.slice("given:".length)}` : (key.split("/")[0] ?? key);

/** ` from scope, grounding`; empty where nobody stops it. */
const fromText = (names: readonly string[]): string =>
  names.length === 0 ? "" : ` from ${validatorNames.filter((name) => names.includes(name)).join(", ")}`;

function refText({ rule, serving, because }: RuleRefIr): string {
  return [
    rule,
    ...(serving === undefined ? [] : [`serving ${serving}`]),
    ...(because === undefined ? [] : [`because ${JSON.stringify(because)}`]),
  ].join(" ");
}

/** What a question is about, as a test writes it. */
export const subjectText = (subject: SubjectIr): string =>
  "given" in subject ? `given.${subject.given}` : refText(subject);

/**
 * The rules that a decision comes from, by their keys in `spans`: of an authorization those that let it pass, else those that its
 * remedies name; `otherwise` where it gives the class that holds an action.
 */
export function decidingRules({ decision, assessments, stoppedBy, remedies }: Decision): string[] {
  if (decision === "authorize") {
    const { scope, reversibility } = assessments;
    return [...scope.rules, ...reversibility.rules]
      .filter((rule) => rule.value === "true")
      .map((rule) => rule.id);
  }
  const named = remedies.flatMap((remedy) =>
    stoppedBy.includes(remedy.validator) && remedy.rule !== undefined ? [remedy.rule] : [],
  );
  const held = stoppedBy.includes("reversibility") && assessments.reversibility.finding === "held";
  const ruled = remedies.some((one) => one.validator === "reversibility" && one.rule !== undefined);
  return [...new Set(named), ...(held && !ruled ? ["otherwise"] : [])];
}

/** Every question of a decision, and whom it is for. */
function askedBy({ remedies, report }: Decision): { readonly key: string; readonly of: string }[] {
  const asked = remedies.flatMap(({ questions = [], from = [] }) =>
    questions.flatMap((key) => from.map((of) => ({ key, of }))),
  );
  const walk = (node: Question | Leaf): void => {
    if (!("key" in node)) return;
    asked.push(...node.ask.map((of) => ({ key: node.key, of })));
    for (const { then } of node.choices) walk(then);
  };
  if (report?.questions) walk(report.questions);
  return asked;
}

/** The keys of questions that are about something. */
export function keysOf(policy: PolicyIr, about: SubjectIr): ReadonlySet<string> {
  return "given" in about ? new Set([`given:${about.given}`]) : rulesOf(policy, about);
}

/** The ids of the rules that a test means. */
function rulesOf(policy: PolicyIr, { rule, serving, because }: RuleRefIr): Set<string> {
  const meant = policy.layers
    .flatMap((layer) => statements[rule](layer))
    .filter(
      (one) =>
        (serving === undefined || one.serving?.includes(serving) === true) &&
        (because === undefined || one.because === because),
    );
  return new Set(meant.map(({ id }) => id));
}

interface Statement {
  readonly id: string;
  readonly serving?: readonly string[];
  readonly because?: string | undefined;
}

const statements: { readonly [R in RuleRefIr["rule"]]: (layer: LayerIr) => readonly Statement[] } = {
  permit: ({ scope }) => scope?.permits ?? [],
  forbid: ({ scope }) => scope?.forbids ?? [],
  limit: ({ scope }) => scope?.limits ?? [],
  ground: ({ grounding }) => grounding?.grounds ?? [],
  treat: ({ reversibility }) => reversibility?.treats ?? [],
  gray: ({ discernment }) => discernment?.grays ?? [],
  fidelity: ({ discernment }) => (discernment?.fidelity === undefined ? [] : [discernment.fidelity]),
};
