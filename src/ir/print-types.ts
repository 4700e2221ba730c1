import type { PolicyIr } from "./policy.js";
import type { Predicate } from "./predicate.js";
import { operationOf } from "./sub-rules.js";
import type { FieldIr, TypeIr } from "./type.js";

/** What the names in a predicate are of; undefined for what is not declared. */
export interface NamesOfTypes {
  param(name: string): TypeIr | undefined;
  given(name: string): TypeIr | undefined;
  claim(name: string): TypeIr | undefined;
  fact(name: string): { readonly params: readonly FieldIr[]; readonly type: TypeIr } | undefined;
  /** The type that a parameter has in some of the tools. */
  paramOf(tools: readonly string[], name: string): TypeIr | undefined;
  /** Bound variables. */
  readonly locals: ReadonlyMap<string, TypeIr | undefined>;
}

type Covers = (patterns: readonly string[], tool: string) => boolean;
const covers: Covers = (patterns, tool) =>
  patterns.some((one) => (one.endsWith("*") ? tool.startsWith(one.slice(0, -1)) : one === tool));

/** The names that a statement on these tools can read; of a parameter, the type it has in the first tool that has it. */
export function namesOfTypes(policy: PolicyIr, tools: readonly string[]): NamesOfTypes {
  const named = <T extends { readonly name: string }>(among: readonly T[], name: string): T | undefined =>
    among.find((one) => one.name === name);
  const paramOf = (patterns: readonly string[], name: string): TypeIr | undefined =>
    policy.tools
      .filter((tool) => covers(patterns, tool.name))
      .map((tool) => named(tool.params, name)?.type)
      .find((type) => type !== undefined);
  return {
    param: (name) => paramOf(tools, name),
    given: (name) => named(policy.intent?.givens ?? [], name)?.type,
    claim: (name) => named(policy.claims, name)?.type,
    fact: (name) => named(policy.facts, name),
    paramOf,
    locals: new Map(),
  };
}

/** The names within the body of `every`, `some`, `tally` or `total`. */
export function withLocal(names: NamesOfTypes, variable: string, lists: readonly Predicate[]): NamesOfTypes {
  const element = lists.map((list) => elementOf(typeOfRule(list, names))).find((type) => type !== undefined);
  return { ...names, locals: new Map(names.locals).set(variable, element) };
}

export const elementOf = (type: TypeIr | undefined): TypeIr | undefined =>
  typeof type === "object" && "list" in type ? type.list : undefined;

const bools: ReadonlySet<string> = new Set(
  "and or ! === !== < <= > >= in has traced every some annotated like matches within".split(" "),
);
const ints: ReadonlySet<string> = new Set("count tally length hour weekday calls".split(" "));
const strings: ReadonlySet<string> = new Set("lower host scheme extension".split(" "));

/** The type of a rule; undefined where only its place tells it: of numbers and texts that are written out, and what is made of them. */
export function typeOfRule(rule: Predicate, names: NamesOfTypes): TypeIr | undefined {
  if (typeof rule === "boolean") return "bool";
  if (typeof rule !== "object") return undefined;
  const [operator, operands] = operationOf(rule);
  if (bools.has(operator)) return "bool";
  if (ints.has(operator)) return "int";
  if (strings.has(operator)) return "string";
  const of = (place: number): TypeIr | undefined => typeOfRule(operands[place] as Predicate, names);
  const first = (places: Iterable<number>): TypeIr | undefined => {
    for (const place of places) {
      const type = of(place);
      if (type !== undefined) return type;
    }
    return undefined;
  };
  switch (operator) {
    case "list": {
      const element = first(operands.keys());
      return element && { list: element };
    }
    case "val":
      return typeOfPath(operands as readonly string[], names);
    case "fact":
      return names.fact(operands[0] as string)?.type;
    case "extract":
      return { list: "string" };
    default: {
      const [kind, another] = kindsOf(rule, names);
      if (kind !== undefined && another === undefined) return toType(kind);
      return operator === "if" ? first([1, 2]) : undefined;
    }
  }
}

const members: Readonly<Record<string, TypeIr>> = {
  "actor.id": "string",
  "actor.roles": { list: "string" },
  "actor.tier": "string",
  "session.id": "string",
  "session.instruction": "string",
  "session.trust": "decimal",
};

function typeOfPath(
  [root, name = "", ...fields]: readonly string[],
  names: NamesOfTypes,
): TypeIr | undefined {
  const start = rootType(root as string, name, names);
  return fields.reduce<TypeIr | undefined>(
    (type, field) =>
      typeof type === "object" && "record" in type
        ? type.record.find((one) => one.name === field)?.type
        : undefined,
    start,
  );
}

function rootType(root: string, name: string, names: NamesOfTypes): TypeIr | undefined {
  switch (root) {
    case "arg":
      return names.param(name);
    case "given":
      return names.given(name);
    case "claim":
      return names.claim(name);
    case "local":
      return names.locals.get(name);
    case "now":
      return "time";
    default:
      return members[`${root}.${name}`];
  }
}

// ------------------------------------------------------------------ numbers, times and durations

/** What arithmetic is about. In a predicate times and durations that are written out are numbers; their place tells what they are. */
export type Kind = "number" | "time" | "duration";
type Kinds = ReadonlySet<Kind>;

const all: Kinds = new Set<Kind>(["number", "time", "duration"]);
const sized: Kinds = new Set<Kind>(["number", "duration"]);

/** What each operator takes and gives (language.md, *Types and values*); the likeliest reading first. */
const readings: Readonly<Record<string, readonly (readonly [left: Kind, right: Kind, gives: Kind])[]>> = {
  "+": [
    ["number", "number", "number"],
    ["time", "duration", "time"],
    ["duration", "time", "time"],
    ["duration", "duration", "duration"],
  ],
  "-": [
    ["number", "number", "number"],
    ["time", "duration", "time"],
    ["time", "time", "duration"],
    ["duration", "duration", "duration"],
  ],
  "*": [
    ["number", "number", "number"],
    ["number", "duration", "duration"],
    ["duration", "number", "duration"],
  ],
  "/": [["number", "number", "number"]],
};

/** What a rule can be a value of; empty: of something else. */
export function kindsOf(rule: Predicate, names: NamesOfTypes): Kinds {
  if (typeof rule === "number") return all;
  if (typeof rule !== "object") return new Set();
  const [operator, operands] = operationOf(rule);
  const of = (places: readonly unknown[]): Kinds =>
    places.map((one) => kindsOf(one as Predicate, names)).reduce(both);
  switch (operator) {
    case "+":
    case "-":
    case "*":
    case "/":
      if (operands.length === 1) return both(sized, of(operands));
      return new Set(readingsOf(operator, operands as Predicate[], names).map(([, , gives]) => gives));
    case "abs":
      return both(sized, of(operands));
    case "min":
    case "max":
      return of(operands);
    case "if":
      return of(operands.slice(1));
    case "sum":
      return both(
        sized,
        Array.isArray(operands[0]) && operands[0].length > 0
          ? of(operands[0])
          : kindOf(elementOf(typeOfRule(operands[0] as Predicate, names))),
      );
    case "total":
      return both(
        sized,
        kindsOf(
          operands[2] as Predicate,
          withLocal(names, operands[0] as string, operands[1] as Predicate[]),
        ),
      );
    default:
      return kindOf(typeOfRule(rule, names));
  }
}

/** The readings of an operation that its operands, and what it is to give, allow. */
export function readingsOf(
  operator: string,
  [left, right]: readonly Predicate[],
  names: NamesOfTypes,
  wanted?: Kind,
): readonly (readonly [Kind, Kind, Kind])[] {
  const [a, b] = [kindsOf(left as Predicate, names), kindsOf(right as Predicate, names)];
  return (readings[operator] ?? []).filter(
    ([one, other, gives]) =>
      a.has(one) &&
      b.has(other) &&
      (wanted === undefined || wanted === gives) &&
      // A time that is written out is a text, which only `-` beside another time takes for one.
      !(one === "time" && isWritten(left) && other !== "time") &&
      !(other === "time" && isWritten(right) && (one !== "time" || isWritten(left))),
  );
}

/** Whether it is made of numbers that are written out, and of nothing that tells what they are. */
function isWritten(rule: Predicate | undefined): boolean {
  if (typeof rule !== "object") return typeof rule === "number";
  const [operator, operands] = operationOf(rule);
  const values =
    operator === "if" ? operands.slice(1) : operator === "min" || operator === "max" ? operands : [];
  return values.length > 0 && (values as Predicate[]).every(isWritten);
}

const both = (a: Kinds, b: Kinds): Kinds => new Set([...a].filter((kind) => b.has(kind)));

const kindOf = (type: TypeIr | undefined): Kinds => {
  const kind = toKind(type);
  return kind === undefined ? new Set() : new Set([kind]);
};

/** The kind of a type; undefined of one that arithmetic is not about. */
export const toKind = (type: TypeIr | undefined): Kind | undefined =>
  type === "int" || type === "decimal" ? "number" : type === "time" || type === "duration" ? type : undefined;

/** A type of a kind. */
export const toType = (kind: Kind): TypeIr => (kind === "number" ? "decimal" : kind);

/** The type of rules that are of one type, as far as one of them tells it; else what their place asks for; else what they all can be. */
export function commonType(
  rules: readonly Predicate[],
  names: NamesOfTypes,
  expected?: TypeIr,
): TypeIr | undefined {
  const told = rules.map((rule) => typeOfRule(rule, names)).find((type) => type !== undefined) ?? expected;
  if (told !== undefined || rules.length === 0) return told;
  const [first] = rules.map((rule) => kindsOf(rule, names)).reduce(both);
  return first && toType(first);
}
