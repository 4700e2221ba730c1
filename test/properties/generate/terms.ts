import type { TypeIr } from "../../../src/ir/type.js";
import type { Draw } from "./choices.js";
import { condition } from "./conditions.js";
import { params } from "./names.js";
import { binding, type FactShape, isRead, type Place, type ToolShape, withoutClaims } from "./place.js";
import { at, type Written, written } from "./text.js";
import { fits, nameText, sample } from "./values.js";

/** What is asked of a term: its type, and whether it must have that type by itself. */
export interface Wanted {
  readonly type: TypeIr;
  /** Not a literal that takes its type from what stands beside it. */
  readonly anchored: boolean;
}

type Option = readonly [weight: number, make: () => Written | undefined];

/** An expression of a type; undefined where the place has none that is anchored. */
export function term(draw: Draw, place: Place, depth: number, wanted: Wanted): Written | undefined {
  return draw.span(() => {
    const { type, anchored } = wanted;
    if (!hasLiterals(type)) return readableOf(draw, place, type);
    const options: Option[] = [];
    if (!anchored || literalsAreAnchored(type)) options.push([3, () => literal(draw, type)]);
    const readable = place.readables.filter((one) => fits(one.type, type) && isRead(place, one));
    if (readable.length > 0) options.push([8, () => written("primary", draw.pick(readable).text)]);
    const facts = place.facts.filter((fact) => !fact.optional && fits(fact.type, type));
    if (facts.length > 0 && depth > 0)
      options.push([7, () => factCall(draw, place, depth - 1, draw.pick(facts))]);
    if (depth > 0)
      options.push(
        [1, () => choice(draw, place, depth - 1, wanted)],
        ...composed(draw, place, depth - 1, wanted),
      );
    options.push(...leavesOf(type));
    return options.length === 0 ? undefined : (draw.weighted(options)() ?? options[0]?.[1]());
  });
}

/** As `term`, where a literal will do. */
export function anyTerm(draw: Draw, place: Place, depth: number, type: TypeIr): Written {
  return term(draw, place, depth, { type, anchored: false }) ?? literal(draw, type);
}

/** Numbers, bools and durations say by themselves what they are; strings are strings. */
const literalsAreAnchored = (type: TypeIr): boolean =>
  type === "bool" || type === "int" || type === "decimal" || type === "duration" || type === "string";

function literal(draw: Draw, type: TypeIr): Written {
  const { text } = sample(draw, type);
  const level = text.startsWith("-") ? "unary" : "primary";
  return written(level, text, text.startsWith('"') || typeof type === "object");
}

/** What a type has besides what is declared. */
function leavesOf(type: TypeIr): Option[] {
  const leaf = (...texts: string[]): Option[] => texts.map((text) => [1, () => written("primary", text)]);
  if (type === "time") return leaf("now", "now");
  if (type === "string") return leaf("actor.id", "actor.tier", "session.id", "session.instruction");
  if (type === "decimal") return leaf("session.trust");
  if (typeof type === "object" && "list" in type && type.list === "string") return leaf("actor.roles");
  return [];
}

/** A fact asked with arguments of its types; none of them reads a claim. */
export function factCall(draw: Draw, place: Place, depth: number, fact: FactShape): Written | undefined {
  const inside = withoutClaims(place);
  const args: string[] = [];
  for (const param of fact.params) {
    const arg = hasLiterals(param.type)
      ? anyTerm(draw, inside, depth, param.type)
      : readableOf(draw, inside, param.type);
    if (arg === undefined) return undefined;
    args.push(arg.text);
  }
  return written("primary", `${nameText(fact.name)}(${args.join(", ")})`);
}

/** Records and json cannot be written out in an expression. */
const hasLiterals = (type: TypeIr): boolean => type !== "json" && !isRecordish(type);

const isRecordish = (type: TypeIr): boolean =>
  typeof type === "object" && ("record" in type || ("list" in type && isRecordish(type.list)));

function readableOf(draw: Draw, place: Place, type: TypeIr): Written | undefined {
  const all = place.readables.filter((one) => fits(one.type, type) && isRead(place, one));
  return all.length === 0 ? undefined : written("primary", draw.pick(all).text);
}

function choice(draw: Draw, place: Place, depth: number, wanted: Wanted): Written | undefined {
  const test = condition(draw, place, depth);
  const otherwise = term(draw, place, depth, wanted);
  const then = anyTerm(draw, place, depth, wanted.type);
  if (otherwise === undefined) return undefined;
  return written(
    "open",
    `if ${test.text} then ${then.text} else ${otherwise.text}`,
    then.literal && otherwise.literal,
  );
}

// ------------------------------------------------------------------ operators and functions, by what they give

function composed(draw: Draw, place: Place, depth: number, { type, anchored }: Wanted): Option[] {
  const own = (of: TypeIr): Written | undefined => term(draw, place, depth, { type: of, anchored: true });
  const infix = (
    level: "add" | "mul",
    operator: string,
    left: TypeIr,
    right: TypeIr,
    rightLevel: "mul" | "unary",
  ): Option => [
    1,
    () => {
      const a = own(left);
      const b = own(right);
      return a && b && written(level, `${at(level, a)} ${operator} ${at(rightLevel, b)}`);
    },
  ];
  const call = (name: string, ...operands: TypeIr[]): Option => [
    1,
    () => {
      const texts = operands.map((operand) => own(operand)?.text);
      return texts.includes(undefined) ? undefined : written("primary", `${name}(${texts.join(", ")})`);
    },
  ];
  const arithmetic = (of: TypeIr): Option[] => [
    infix("add", "+", of, of, "mul"),
    infix("add", "-", of, of, "mul"),
    call("abs", of),
    call("min", of, of),
    call("max", of, of),
    [1, () => negated(own(of))],
  ];
  switch (type) {
    case "bool":
      return [[1, () => condition(draw, place, depth)]];
    case "int":
      return [
        ...arithmetic("int"),
        infix("mul", "*", "int", "int", "unary"),
        call("count", listType(draw)),
        call("sum", { list: "int" }),
        call("length", "string"),
        call("hour", "time"),
        call("weekday", "time"),
        [1, () => callsText(draw, place, depth)],
        [1, () => tally(draw, place, depth, "count", "int")],
        [1, () => tally(draw, place, depth, "sum", "int")],
        [1, () => extracted(draw, place, depth, "count")],
      ];
    case "decimal":
      return [
        ...arithmetic("decimal"),
        infix("mul", "*", "decimal", "decimal", "unary"),
        infix("mul", "/", "decimal", "int", "unary"),
        infix("mul", "/", "int", "decimal", "unary"),
        [1, () => tally(draw, place, depth, "sum", "decimal")],
      ];
    case "string":
      return [
        call("lower", "string"),
        call("lower", "email"),
        call("host", "url"),
        call("scheme", "url"),
        call("extension", "path"),
      ];
    case "time":
      return [
        infix("add", "+", "time", "duration", "mul"),
        infix("add", "+", "duration", "time", "mul"),
        infix("add", "-", "time", "duration", "mul"),
        call("min", "time", "time"),
        call("max", "time", "time"),
      ];
    case "duration":
      return [
        ...arithmetic("duration"),
        infix("add", "-", "time", "time", "mul"),
        infix("mul", "*", "duration", "decimal", "unary"),
        infix("mul", "*", "int", "duration", "unary"),
        [1, () => tally(draw, place, depth, "sum", "duration")],
      ];
    default:
      if (typeof type === "object" && "list" in type && !isRecordish(type)) {
        const made: Option[] = [[2, () => listLiteral(draw, place, depth, type.list, anchored)]];
        return type.list === "string" ? [...made, [1, () => extracted(draw, place, depth)]] : made;
      }
      return [];
  }
}

const negated = (operand: Written | undefined): Written | undefined =>
  operand && written("unary", `-${at("unary", operand)}`);

const listType = (draw: Draw): TypeIr => {
  const found = params
    .map((param) => param.type)
    .filter((type) => typeof type === "object" && "list" in type);
  return draw.pick(found);
};

/** A list that is written out; an anchored one holds an anchored element. */
export function listLiteral(
  draw: Draw,
  place: Place,
  depth: number,
  element: TypeIr,
  anchored: boolean,
): Written | undefined {
  const first = anchored ? term(draw, place, depth, { type: element, anchored: true }) : undefined;
  if (anchored && first === undefined) return undefined;
  const others = draw.list(anchored ? 0 : 1, 3, () => anyTerm(draw, place, depth, element));
  const all = first === undefined ? others : [first, ...others];
  return written(
    "primary",
    `[${all.map((one) => one.text).join(", ")}]`,
    all.every((one) => one.literal),
  );
}

function extracted(draw: Draw, place: Place, depth: number, around?: "count"): Written | undefined {
  const text = term(draw, place, depth, { type: "string", anchored: true });
  const pattern = draw.pick(["[a-z]+", "(\\\\w)a", "(?i)alpha|beta", "\\\\d+"]);
  if (text === undefined) return undefined;
  const call = `extract(${text.text}, "${pattern}")`;
  return written("primary", around === undefined ? call : `${around}(${call})`);
}

const isScalar = (type: TypeIr): boolean => (typeof type === "string" ? type !== "json" : "enum" in type);

function callsText(draw: Draw, place: Place, depth: number): Written | undefined {
  if (place.tools.length === 0) return undefined;
  const tool = draw.pick<ToolShape>(place.tools);
  const parts = [draw.pick([tool.name, "*"])];
  if (draw.chance(30)) parts.push(draw.pick(["1h", "1d"]));
  if (parts[0] !== "*")
    for (const param of draw.subset(
      tool.params.filter((one) => isScalar(one.type) && !one.sensitive),
      30,
    ))
      parts.push(`${nameText(param.name)}: ${anyTerm(draw, place, depth, param.type).text}`);
  return written("primary", `calls(${parts.join(", ")})`);
}

/** `count v in L: COND` and `sum v in L: EXPR`, in parentheses as inside a chain. */
function tally(
  draw: Draw,
  place: Place,
  depth: number,
  word: "count" | "sum",
  type: TypeIr,
): Written | undefined {
  const over = lists(draw, place, depth);
  if (over === undefined) return undefined;
  const { name, inside } = binding(place, over.element);
  const body =
    word === "count" ? condition(draw, inside, depth) : term(draw, inside, depth, { type, anchored: true });
  // `sum` has the type of its body: a decimal is wanted where an int fits, and not the other way round.
  return body && written("primary", `(${word} ${name} in ${over.text}: ${body.text})`);
}

/** Lists to go over, with the type of their elements; an optional one needs no guard here. */
export function lists(
  draw: Draw,
  place: Place,
  depth: number,
): { readonly text: string; readonly element: TypeIr } | undefined {
  const all = place.readables.flatMap((one) =>
    typeof one.type === "object" && "list" in one.type ? [{ text: one.text, element: one.type.list }] : [],
  );
  const literalType = draw.pick<TypeIr>(["string", "int", "path", "email"]);
  const made =
    draw.chance(30) || all.length === 0
      ? listLiteral(draw, place, depth, literalType, literalType !== "string" && literalType !== "int")
      : undefined;
  if (made !== undefined) return { text: made.text, element: literalType };
  if (all.length === 0) return undefined;
  const first = draw.pick(all);
  const others = all.filter((one) => one.element === first.element);
  const second = draw.chance(20) ? draw.pick(others) : undefined;
  return {
    text: second === undefined ? first.text : `${first.text}, ${second.text}`,
    element: first.element,
  };
}
