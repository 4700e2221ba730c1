import { RE2JS } from "re2js";
import { annotations } from "../../../ir/predicate.js";
import type { TypeIr } from "../../../ir/type.js";
import type { Expression, Reference } from "../../../syntax/ast.js";
import { showType } from "../../../ir/type.js";
import { aType, isList, isNumber, isOrdered, isText, join } from "../../types.js";
import { type Env, report, type Typer, type Work } from "./env.js";

/** A function's signature: what each operand may be, and what comes out. */
interface Signature {
  readonly takes: string;
  readonly least: number;
  readonly most: number;
  readonly accepts: (type: TypeIr) => boolean;
  /** The type a string literal takes as an operand. */
  readonly expects?: TypeIr;
  readonly gives: (operands: readonly TypeIr[]) => TypeIr | undefined;
}

const one = (takes: string, accepts: Signature["accepts"], gives: TypeIr, expects?: TypeIr): Signature => ({
  takes,
  least: 1,
  most: 1,
  accepts,
  gives: () => gives,
  ...(expects === undefined ? {} : { expects }),
});

const exactly = (type: TypeIr, gives: TypeIr): Signature =>
  one(`${aType(type)}`, (operand) => operand === type, gives, type);

const least = (takes: string, accepts: Signature["accepts"]): Signature => ({
  takes,
  least: 2,
  most: 1_000,
  accepts,
  gives: (operands) =>
    operands.reduce<TypeIr | undefined>((a, b) => (a === undefined ? a : join(a, b)), operands[0]),
});

/** The functions of the language (language.md, *Expressions*). */
export const functions: ReadonlyMap<string, Signature> = new Map<string, Signature>([
  ["count", one("a list", isList, "int")],
  [
    "sum",
    {
      ...one("a list of numbers", (type) => isList(type) && isNumber(type.list), "decimal"),
      gives: ([list]) => (list !== undefined && isList(list) ? list.list : "decimal"),
    },
  ],
  ["length", one("a string", isText, "int")],
  ["lower", one("a string", isText, "string")],
  ["host", exactly("url", "string")],
  ["scheme", exactly("url", "string")],
  ["extension", exactly("path", "string")],
  [
    "abs",
    {
      ...one("a number or a duration", (t) => isNumber(t) || t === "duration", "decimal"),
      gives: ([t]) => t,
    },
  ],
  ["min", least("numbers, times or durations", isOrdered)],
  ["max", least("numbers, times or durations", isOrdered)],
  ["hour", exactly("time", "int")],
  ["weekday", exactly("time", "int")],
  ["extract", { ...one("a string and a pattern", isText, { list: "string" }), least: 2, most: 2 }],
  ["annotated", one("one kind of annotation", (type) => type === "string", "bool", "string")],
]);

/** Types a call of a function of the language. */
export function functionType(
  reference: Reference,
  signature: Signature,
  env: Env,
  typer: Typer,
): TypeIr | undefined {
  const { name, args = [] } = reference;
  if (args.length < signature.least || args.length > signature.most)
    return report(
      typer,
      "check/wrong-arguments",
      reference.span,
      `\`${name.text}\` takes ${signature.takes}, not ${counted(args.length)}`,
    );
  if (name.text === "annotated" && !isAnnotation(args[0]))
    return report(
      typer,
      "check/wrong-arguments",
      args[0]?.span ?? reference.span,
      "`annotated` takes one kind of annotation, written out",
      { help: `it is one of ${annotations.map((kind) => `\`"${kind}"\``).join(", ")}` },
    );
  const operands = name.text === "extract" ? extractOperands(args, env, typer) : args;
  let whole = operands !== undefined;
  const types = (operands ?? args.slice(0, 1)).map((operand) => {
    const type = operandType(operand, name.text, signature, env, typer);
    if (type === undefined) whole = false;
    return type;
  });
  if (!whole) return undefined;
  const given = signature.gives(types.filter((type) => type !== undefined));
  if (given !== undefined) return given;
  return report(
    typer,
    "check/type-mismatch",
    reference.span,
    `\`${name.text}\` takes operands of one type, not ${types.map((t) => showType(t ?? "json")).join(" and ")}`,
  );
}

const isAnnotation = (argument: Expression | undefined): boolean =>
  argument?.kind === "String" && annotations.some((kind) => kind === argument.value);

function operandType(
  operand: Expression,
  name: string,
  signature: Signature,
  env: Env,
  typer: Typer,
): TypeIr | undefined {
  const { type } = typer.infer(operand, env, signature.expects);
  if (type === undefined || signature.accepts(type)) return type;
  return report(
    typer,
    "check/type-mismatch",
    operand.span,
    `\`${name}\` takes ${signature.takes}, not ${aType(type)}`,
  );
}

/** The pattern is part of the policy: a string that is written out, with at most one group. */
function extractOperands(
  args: readonly Expression[],
  env: Env,
  typer: Typer,
): readonly Expression[] | undefined {
  const [text, pattern] = args;
  if (text === undefined || pattern === undefined) return undefined;
  if (pattern.kind !== "String") {
    typer.infer(pattern, env);
    return pattern.kind === "Invalid"
      ? undefined
      : report(
          typer,
          "check/bad-pattern",
          pattern.span,
          "the pattern of `extract` must be written out as a string",
        );
  }
  typer.types.set(pattern, "string");
  return checkPattern(pattern.value, pattern.span, typer, 1) ? [text] : undefined;
}

/** The bound of the engine (logic/patterns.ts). */
const longestPattern = 1_000;

/** Reports a regular expression that RE2 does not know, or that has more groups than are read. */
export function checkPattern(
  pattern: string,
  span: Expression["span"],
  work: Work,
  mostGroups = Infinity,
): boolean {
  const groups = groupsOf(pattern);
  if (typeof groups === "string") {
    report(work, "check/bad-pattern", span, `this is no RE2 pattern: ${groups}`, {
      help: "RE2 has no look-around and no back-references",
    });
    return false;
  }
  if (groups <= mostGroups) return true;
  report(
    work,
    "check/bad-pattern",
    span,
    `the pattern of \`extract\` has ${groups} groups, and at most one can be read`,
    {
      help: "write `(?:…)` for a group that is not to be read",
    },
  );
  return false;
}

function groupsOf(pattern: string): number | string {
  if (pattern.length > longestPattern) return `it has more than ${longestPattern} characters`;
  try {
    return RE2JS.compile(pattern).groupCount();
  } catch (error) {
    return (error instanceof Error ? error.message : String(error)).replace(/^error parsing regexp: /, "");
  }
}

export const counted = (n: number): string => (n === 1 ? "1 operand" : `${n} operands`);
