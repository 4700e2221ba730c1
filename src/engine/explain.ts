import {
  type Assessments,
  type Decision,
  type Truth,
  type ValidatorName,
  validatorNames,
} from "../ir/decision.js";
import type {
  ExplainedCondition,
  ExplainedPart,
  ExplainedStatement,
  Explanation,
} from "../ir/explanation.js";
import type { Json } from "../ir/json.js";
import type { Mark, PolicyIr, Written } from "../ir/policy.js";
import { haveSensitive } from "../ir/sensitive.js";
import { sensitiveReads } from "../ir/sensitive-reads.js";
import type { FieldIr } from "../ir/type.js";
import { toJson } from "../ir/value.js";
import type { OpenLeaf } from "../logic/frame.js";
import { type Valued, valuesOf } from "../logic/outline.js";
import { isOpen, truthName, UNKNOWN, type Value } from "../logic/value.js";
import type { Examination, ExaminedCondition } from "./examine.js";

/** So many statements of one validator are explained. */
const mostStatements = 10;
/** So many characters of a value's JSON are kept, and so many reasons of one unknown. */
const longestValue = 1_000;
const mostReasons = 5;

/** Explains a decision from what its statements came to: the conditions that decide, sub-expression by sub-expression. */
export function explanationOf(
  policy: PolicyIr,
  decision: Decision,
  examination: Examination | undefined,
): Explanation {
  const params = policy.tools.find(({ name }) => name === decision.action?.tool)?.params ?? [];
  const decisive = decision.stoppedBy.length > 0 ? decision.stoppedBy : validatorNames;
  return decisive.map((validator) => ({
    validator,
    finding: decision.assessments[validator].finding,
    statements:
      examination === undefined
        ? []
        : deciding(decision.assessments, validator)
            .slice(0, mostStatements)
            .map((told) => explained(policy, examination, params, told)),
  }));
}

/** A statement as an assessment tells it. */
type Told = Omit<ExplainedStatement, "conditions" | "unruled">;

/** The statements that make a validator's finding. */
function deciding(assessments: Assessments, validator: ValidatorName): Told[] {
  switch (validator) {
    case "scope":
      return scopeDeciding(assessments.scope);
    case "grounding":
      return groundingDeciding(assessments.grounding);
    case "reversibility":
      return assessments.reversibility.rules.filter((rule) => rule.value !== "false").map(ruleTold);
    case "discernment":
      return assessments.discernment.components.flatMap(({ kind, rule, at, text }) =>
        // A gray line always names itself.
        kind === "gray"
          ? [
              {
                id: rule as string,
                layer: "",
                effect: "gray",
                value: "unknown" as const,
                ...placed({ at, text }),
              },
            ]
          : [],
      );
  }
}

function scopeDeciding({ finding, rules }: Assessments["scope"]): Told[] {
  const those = (effect: string, value: Truth) =>
    rules.filter((rule) => (rule.effect === "permit") === (effect === "permit") && rule.value === value);
  const unknown = rules.filter((rule) => rule.value === "unknown");
  const told = {
    within: those("permit", "true"),
    outside: [...those("other", "true"), ...those("permit", "false")],
    unknown,
  }[finding];
  return told.map(ruleTold);
}

function groundingDeciding({ finding, checks }: Assessments["grounding"]): Told[] {
  const told = {
    contradicted: checks.filter((check) => check.value === "false"),
    contested: checks.filter((check) => !check.settled),
    unverified: checks.filter((check) => !check.settled),
    // A claim is missing, or too sure for what these support.
    unclaimed: checks,
    overconfident: checks,
    grounded: checks,
  }[finding];
  return told.map(({ id, layer, on, value, at, text }) => ({
    id,
    layer,
    effect: `ground on ${on}`,
    value,
    ...placed({ at, text }),
  }));
}

const ruleTold = ({
  id,
  layer,
  effect,
  value,
  at,
  text,
  used,
  limit,
}: Assessments["scope"]["rules"][number]): Told => ({
  id,
  layer,
  effect,
  value,
  ...placed({ at, text }),
  ...(used === undefined ? {} : { used }),
  ...(limit === undefined ? {} : { limit }),
});

const placed = ({ at, text }: { readonly at?: string | undefined; readonly text?: string | undefined }) => ({
  ...(at === undefined ? {} : { at }),
  ...(text === undefined ? {} : { text }),
});

function explained(
  policy: PolicyIr,
  examination: Examination,
  params: readonly FieldIr[],
  told: Told,
): ExplainedStatement {
  const found = examination.statements.find((one) => one.key === told.id);
  const place = Object.hasOwn(policy.spans, told.id) ? policy.spans[told.id]?.[0] : undefined;
  const alone = found === undefined ? told.value : truthName(found.truth);
  // A gray line is told where it may apply: what it came to is known here.
  const value = told.effect === "gray" ? alone : told.value;
  return {
    ...told,
    layer: told.layer === "" ? layerOf(policy, told.id) : told.layer,
    value,
    ...(alone === value ? {} : { unruled: alone }),
    conditions: (found?.conditions ?? []).flatMap((condition) => {
      const written = place?.conditions?.find((one) => one.role === condition.role);
      return written === undefined ? [] : [conditionOf(examination, condition, written, params)];
    }),
  };
}

const layerOf = (policy: PolicyIr, id: string): string =>
  policy.layers.find((layer) => layer.discernment?.grays.some((gray) => gray.id === id))?.name ?? "";

function conditionOf(
  examination: Examination,
  { role, outline }: ExaminedCondition,
  { text, line, marks }: Written,
  params: readonly FieldIr[],
): ExplainedCondition {
  const shown: Shown = {
    marks: new Map(marks.map((mark) => [mark.at.join(), mark])),
    hidden: haveSensitive(params) ? sensitiveReads(outline.rule, params) : new Set(),
    examination,
  };
  return { role, text, line, parts: partsOf(valuesOf(outline, examination.frame), shown) };
}

/** What the parts of one condition are told with. */
interface Shown {
  readonly marks: ReadonlyMap<string, Mark>;
  /** The rules whose values come from something sensitive. */
  readonly hidden: ReadonlySet<object>;
  readonly examination: Examination;
}

/** A sub-expression that has a text of its own; what has none (`in` within `not in`) gives way to its parts. */
function partsOf(valued: Valued, shown: Shown): ExplainedPart[] {
  const { marks, hidden, examination } = shown;
  const { outline, value, element } = valued;
  const within = [...valued.parts, ...(element === undefined ? [] : [element.body])].flatMap((part) =>
    partsOf(part, shown),
  );
  const mark = marks.get(outline.at.join());
  if (mark === undefined) return within;
  const { from, to, anchor } = mark;
  const state = value === UNKNOWN ? "unknown" : value === undefined ? "absent" : "known";
  const isSource = state === "unknown" && within.every((part) => part.state !== "unknown");
  const why = isSource ? reasonsOf(valued, within, examination) : [];
  return [
    {
      from,
      to,
      anchor,
      state,
      ...(state === "known"
        ? isTold(outline, value, hidden)
          ? valueTold(value as Json, mark)
          : withheld
        : {}),
      ...(why.length === 0 ? {} : { why }),
      parts: within,
      ...(element === undefined
        ? {}
        : { element: { variable: element.variable, place: element.place, count: element.count } }),
    },
  ];
}

/** Of what comes from something sensitive only a truth that is told of it. */
const isTold = ({ rule, operator }: Valued["outline"], value: Value, hidden: ReadonlySet<object>): boolean =>
  !hidden.has(rule as object) || (typeof value === "boolean" && operator !== "val");

const withheld = { value: { sensitive: true } } as const;

function reasonsOf(valued: Valued, parts: readonly ExplainedPart[], { why }: Examination): string[] {
  const reasons = new Set<string>();
  valued.open((leaf: OpenLeaf) => {
    const reason = reasons.size < mostReasons ? why(leaf) : undefined;
    if (reason !== undefined) reasons.add(reason);
  });
  // Of what is absent nobody is asked: it is known, and cannot be compared.
  if (reasons.size === 0 && parts.some((part) => part.state === "absent"))
    return ["what it compares is absent"];
  return [...reasons];
}

function valueTold(value: Json, { type }: Mark): { value: Json } | { cut: string } {
  const known = type === undefined ? closed(value) : toJson(type, value);
  const json = JSON.stringify(known);
  return json.length <= longestValue
    ? { value: known }
    : { cut: json.slice(0, longestValue).replace(/[\ud800-\udbff]$/, "") };
}

/** A list may hold what is not known. */
const closed = (value: Value): Json =>
  Array.isArray(value)
    ? value
        .slice(0, longestValue)
        .map((one: Value) => (isOpen(one) && !Array.isArray(one) ? "unknown" : closed(one)))
    : (value as Json);
