import type { ClassIr, LimitIr, Place, PolicyIr, Written } from "../ir/policy.js";
import type { Predicate } from "../ir/predicate.js";
import { formatDuration } from "../ir/value.js";
import { covers } from "../logic/tools.js";
import { canBeUnknown, conditionsOf, type Typed } from "./conditions.js";

/** How often a condition was found so. */
export interface Counts {
  true: number;
  false: number;
  unknown: number;
}

/** Where a condition is written: lines and columns from 1, in UTF-16 units, the end left out. */
export interface Extent {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** A condition of a statement, that a test can exercise in two or three directions. */
export interface MeasuredCondition {
  /** `ROLE:PATH` in a predicate, `passed` of a limit, `confidence`, `confirm` or `limit` of a class. */
  readonly key: string;
  readonly text: string;
  /** Absent: it has no text of its own. */
  readonly extent: Extent | undefined;
  /** The whole of a predicate that is made of other conditions. */
  readonly joins: boolean;
  readonly canBeUnknown: boolean;
  readonly counts: Counts;
}

/** A statement that a test can exercise, at one place. */
export interface Measured {
  readonly key: string;
  readonly kind: string;
  readonly place: Place;
  /** How often it was judged. */
  count: number;
  readonly conditions: readonly MeasuredCondition[];
}

/** A statement before it is placed. */
interface Listed {
  readonly key: string;
  readonly kind: string;
  readonly tools?: readonly string[];
  readonly rules?: readonly (readonly [role: Written["role"], rule: Predicate | undefined])[];
  readonly asks?: readonly Ask[];
}

/** A condition that is no predicate. */
interface Ask {
  readonly key: string;
  readonly text: string;
  readonly canBeUnknown: boolean;
}

/** Everything in a policy that a test can exercise, by the places where it is written. */
export function inventoryOf(policy: PolicyIr): Measured[] {
  const once = new Map(listed(policy).map((one) => [one.key, one]));
  return [...once.values()].flatMap((one) => {
    const params = policy.tools
      .filter((tool) => covers(one.tools ?? [], tool.name))
      .map((tool) => tool.params);
    const places = Object.hasOwn(policy.spans, one.key) ? (policy.spans[one.key] ?? []) : [];
    return places.map(
      (place): Measured => ({
        key: one.key,
        kind: one.kind,
        place,
        count: 0,
        conditions: measuredConditions(one, place, { policy, params }),
      }),
    );
  });
}

function listed(policy: PolicyIr): Listed[] {
  const { layers, sources, facts, classes } = policy;
  return [
    ...layers.flatMap(({ scope, grounding, reversibility, discernment }): Listed[] => [
      ...(scope?.permits ?? []).map((one) => ruled("permit", one, one.when)),
      ...(scope?.forbids ?? []).map((one) => ruled("forbid", one, one.when)),
      ...(scope?.limits ?? []).map((one) => limited(one, policy)),
      ...(grounding?.grounds ?? []).map((one) => ruled("ground", one, one.condition)),
      ...(reversibility?.treats ?? []).map((one) => ruled("treat", one, one.when)),
      ...(reversibility?.otherwise === undefined ? [] : [{ key: "otherwise", kind: "otherwise" }]),
      ...(discernment?.thresholds ?? []).map(({ id }) => ({ key: id, kind: "threshold" })),
      ...(discernment?.grays ?? []).map((one) => ruled("gray", one, one.when)),
    ]),
    ...sources.flatMap((source): Listed[] =>
      source.kind === "tool"
        ? [
            {
              key: `source:${source.name}`,
              kind: "source",
              tools: source.tools,
              rules: [["when", source.when]],
            },
          ]
        : [],
    ),
    ...facts.map(({ name }) => ({ key: `fact:${name}`, kind: "fact" })),
    ...classes.map((one) => ({ key: `class:${one.name}`, kind: "class", asks: asksOf(one) })),
  ];
}

const ruled = (
  kind: string,
  { id, tools }: { readonly id: string; readonly tools: readonly string[] },
  when: Predicate,
): Listed => ({ key: id, kind, tools, rules: [["when", when]] });

/** A limit is passed, or not; it cannot be told where an amount or key cannot. */
function limited({ id, tools, sum, each }: LimitIr, policy: PolicyIr): Listed {
  const params = policy.tools.filter((tool) => covers(tools, tool.name)).map((tool) => tool.params);
  const isOpen = [sum, each].some(
    (rule) => rule !== undefined && canBeUnknown({ rule, locals: new Map() }, { policy, params }),
  );
  return {
    key: id,
    kind: "limit",
    tools,
    rules: [
      ["sum", sum],
      ["each", each],
    ],
    asks: [{ key: "passed", text: "the limit is passed", canBeUnknown: isOpen }],
  };
}

/** What a class asks, each a condition that an action meets or not. */
function asksOf({ confidence, confirm, limit }: ClassIr): Ask[] {
  const ask = (key: string, text: string): Ask => ({ key, text, canBeUnknown: false });
  return [
    ...(confidence === undefined ? [] : [ask("confidence", `a confidence of ${confidence} is reached`)]),
    ...(confirm === undefined ? [] : [ask("confirm", `${confirm} has confirmed`)]),
    ...(limit === undefined
      ? []
      : [
          ask(
            "limit",
            `the limit of ${limit.to} per ${limit.per === "session" ? "session" : formatDuration(limit.per)} is kept`,
          ),
        ]),
  ];
}

function measuredConditions(
  { rules = [], asks = [] }: Listed,
  place: Place,
  typed: Typed,
): MeasuredCondition[] {
  return [
    ...asks.map((ask) => ({ ...ask, extent: undefined, joins: false, counts: none() })),
    ...rules.flatMap(([role, rule]) => (rule === undefined ? [] : conditionsIn(role, rule, place, typed))),
  ];
}

const none = (): Counts => ({ true: 0, false: 0, unknown: 0 });

function conditionsIn(
  role: Written["role"],
  rule: Predicate,
  place: Place,
  typed: Typed,
): MeasuredCondition[] {
  if (typeof rule !== "object") return [];
  const written = place.conditions?.find((one) => one.role === role);
  const marks = new Map((written?.marks ?? []).map((mark) => [mark.at.join("."), mark]));
  const isWritten = (at: readonly number[]): boolean => marks.size === 0 || marks.has(at.join("."));
  return conditionsOf(rule, role === "when", typed, isWritten).map((condition): MeasuredCondition => {
    const key = condition.at.join(".");
    const mark = marks.get(key);
    return {
      key: `${role}:${key}`,
      text:
        mark === undefined || written === undefined
          ? place.text
          : written.text.slice(mark.from, mark.to).replace(/\s+/g, " "),
      extent: mark && written && extentOf(written, mark),
      joins: condition.joins,
      canBeUnknown: canBeUnknown(condition, typed),
      counts: none(),
    };
  });
}

function extentOf(
  { text, line, column }: Written,
  { from, to }: { readonly from: number; readonly to: number },
): Extent {
  const at = (offset: number): readonly [line: number, column: number] => {
    const before = text.slice(0, offset).split(/\r\n?|\n/);
    const last = before.at(-1)?.length ?? 0;
    return [line + before.length - 1, last + (before.length === 1 ? column : 1)];
  };
  const [startLine, startColumn] = at(from);
  const [endLine, endColumn] = at(to);
  return { line: startLine, column: startColumn, endLine, endColumn };
}
