import type { TypeIr } from "../../../ir/type.js";
import type { Expression } from "../../../syntax/ast.js";
import { aType, isEnum, isList, isNumber, isOrdered, isRecord, isScalar, isText, join } from "../../types.js";
import { type Env, type Found, plain, report, type Typer, unknownFound } from "./env.js";
import { checkPattern } from "./functions.js";
import { takesItsType } from "./literals.js";
import { resolve, unknownName, visibleNames } from "./names.js";

type Binary = Extract<Expression, { kind: "Binary" }>;

/** Types an operator with two operands, `and` and `or` excepted. */
export function inferBinary(binary: Binary, env: Env, typer: Typer): Found {
  switch (binary.operator) {
    case "==":
    case "!=":
      return equality(binary, env, typer);
    case "<":
    case "<=":
    case ">":
    case ">=":
      return ordering(binary, env, typer);
    case "in":
    case "not in":
      return membership(binary, env, typer);
    case "within":
      return within(binary, env, typer);
    default:
      return plain(arithmetic(binary, env, typer));
  }
}

/** Types both sides; a string literal takes the type of the other. Nothing where either is broken. */
function sides(binary: Binary, env: Env, typer: Typer): readonly [TypeIr, TypeIr] | undefined {
  const leftLast = takesItsType(binary.left) && !takesItsType(binary.right);
  const [first, second] = leftLast ? [binary.right, binary.left] : [binary.left, binary.right];
  const a = typer.infer(first, env).type;
  const b = typer.infer(second, env, a).type;
  if (a === undefined || b === undefined) return undefined;
  return leftLast ? [b, a] : [a, b];
}

function equality(binary: Binary, env: Env, typer: Typer): Found {
  const types = sides(binary, env, typer);
  if (types === undefined) return unknownFound;
  const [left, right] = types;
  const odd = [left, right].find((type) => !isScalar(type));
  if (odd !== undefined) {
    const help = isList(odd)
      ? "compare their elements: `every v in …: v in …`"
      : isRecord(odd)
        ? "compare their fields"
        : "json can only be traced";
    report(
      typer,
      "check/not-comparable",
      binary.span,
      `\`${binary.operator}\` compares scalars, not ${aType(odd)}`,
      { help },
    );
    return unknownFound;
  }
  return comparable(binary, left, right, typer);
}

function ordering(binary: Binary, env: Env, typer: Typer): Found {
  const types = sides(binary, env, typer);
  if (types === undefined) return unknownFound;
  const [left, right] = types;
  const odd = [left, right].find((type) => !isOrdered(type));
  if (odd === undefined) return comparable(binary, left, right, typer);
  report(
    typer,
    "check/not-comparable",
    binary.span,
    `\`${binary.operator}\` orders numbers, times and durations, not ${aType(odd)}`,
  );
  return unknownFound;
}

function comparable(binary: Binary, left: TypeIr, right: TypeIr, typer: Typer): Found {
  if (join(left, right) !== undefined || shareMembers(left, right)) return plain("bool");
  report(typer, "check/type-mismatch", binary.span, `${aType(left)} is compared with ${aType(right)}`);
  return unknownFound;
}

/** Two enums of which neither holds the other can still be equal, by a member of both. */
const shareMembers = (a: TypeIr, b: TypeIr): boolean =>
  isEnum(a) && isEnum(b) && a.enum.some((member) => b.enum.includes(member));

function membership(binary: Binary, env: Env, typer: Typer): Found {
  const types = memberTypes(binary, env, typer);
  if (types === undefined) return unknownFound;
  const [element, list] = types;
  if (!isList(list)) {
    report(
      typer,
      "check/type-mismatch",
      binary.right.span,
      `\`${binary.operator}\` looks in a list, not in ${aType(list)}`,
    );
    return unknownFound;
  }
  if (!isScalar(element) || !isScalar(list.list)) {
    const odd = isScalar(element) ? list.list : element;
    report(
      typer,
      "check/not-comparable",
      binary.span,
      `\`${binary.operator}\` compares scalars, not ${aType(odd)}`,
    );
    return unknownFound;
  }
  if (join(element, list.list) !== undefined || shareMembers(element, list.list)) return plain("bool");
  report(typer, "check/type-mismatch", binary.span, `${aType(element)} is looked for in ${aType(list)}`);
  return unknownFound;
}

function memberTypes(binary: Binary, env: Env, typer: Typer): readonly [TypeIr, TypeIr] | undefined {
  if (takesItsType(binary.left) && !takesItsType(binary.right)) {
    const list = typer.infer(binary.right, env).type;
    const element = typer.infer(
      binary.left,
      env,
      list !== undefined && isList(list) ? list.list : undefined,
    ).type;
    return element === undefined || list === undefined ? undefined : [element, list];
  }
  const element = typer.infer(binary.left, env).type;
  const list = typer.infer(binary.right, env, element === undefined ? undefined : { list: element }).type;
  return element === undefined || list === undefined ? undefined : [element, list];
}

function within(binary: Binary, env: Env, typer: Typer): Found {
  const types = sides(binary, env, typer);
  if (types === undefined) return unknownFound;
  const [left, right] = types;
  if ((left === "path" || left === "url") && left === right) return plain("bool");
  const message =
    left === "path" || left === "url"
      ? `a ${left} is within a ${left}, not within ${aType(right)}`
      : `\`within\` takes a path or a url, not ${aType(left)}`;
  const help = left === "string" ? "declare it as `path` or `url`: a string has no segments" : undefined;
  report(
    typer,
    "check/type-mismatch",
    left === "path" || left === "url" ? binary.right.span : binary.left.span,
    message,
    help === undefined ? {} : { help },
  );
  return unknownFound;
}

function arithmetic(binary: Binary, env: Env, typer: Typer): TypeIr | undefined {
  const leftLast = takesItsType(binary.left);
  const [first, second] = leftLast ? [binary.right, binary.left] : [binary.left, binary.right];
  const a = typer.infer(first, env).type;
  // Of the operators only `-` takes two times, so that a string beside a time can be one.
  const b = typer.infer(second, env, binary.operator === "-" && a === "time" ? "time" : undefined).type;
  if (a === undefined || b === undefined) return undefined;
  const [left, right] = leftLast ? [b, a] : [a, b];
  const type = arithmeticType(binary.operator, left, right);
  if (type !== undefined) return type;
  return report(
    typer,
    "check/type-mismatch",
    binary.span,
    `\`${binary.operator}\` does not take ${aType(left)} and ${aType(right)}`,
  );
}

function arithmeticType(operator: Binary["operator"], left: TypeIr, right: TypeIr): TypeIr | undefined {
  if (isNumber(left) && isNumber(right)) return operator === "/" ? "decimal" : join(left, right);
  switch (operator) {
    case "+":
      if (left === "duration" && (right === "duration" || right === "time")) return right;
      return left === "time" && right === "duration" ? "time" : undefined;
    case "-":
      if (left === "time" && right === "time") return "duration";
      return right === "duration" && (left === "time" || left === "duration") ? left : undefined;
    case "*":
      if (left === "duration" && isNumber(right)) return "duration";
      return right === "duration" && isNumber(left) ? "duration" : undefined;
    default:
      return undefined;
  }
}

/** `like` and `matches`, on whole texts. */
export function inferMatch(match: Extract<Expression, { kind: "Match" }>, env: Env, typer: Typer): Found {
  const { type } = typer.infer(match.operand, env);
  const sound = match.operator === "like" || checkPattern(match.pattern.value, match.pattern.span, typer);
  if (type === undefined || !sound) return unknownFound;
  if (isText(type)) return plain("bool");
  report(
    typer,
    "check/type-mismatch",
    match.operand.span,
    `\`${match.operator}\` takes text, not ${aType(type)}`,
  );
  return unknownFound;
}

/** `X traced to S`: X is what can be said as text, S who can have said it (semantics.md, *Tracing*). */
export function inferTraced(
  traced: Extract<Expression, { kind: "TracedTo" }>,
  env: Env,
  typer: Typer,
): Found {
  const { type } = typer.infer(traced.operand, env);
  const known = traced.sources.map((source) => isOrigin(source, env, typer));
  if (type === undefined || known.includes(false)) return unknownFound;
  const element = isList(type) ? type.list : type;
  if (isTraceable(element) || (!isList(type) && (isRecord(type) || type === "json"))) return plain("bool");
  report(typer, "check/type-mismatch", traced.operand.span, `${aType(type)} cannot be traced`, {
    help: "trace text, numbers, times, lists of them, records and json",
  });
  return unknownFound;
}

/** What is said as text; nobody says a bool or a duration so that it could be found again. */
const isTraceable = (type: TypeIr): boolean => isScalar(type) && type !== "bool" && type !== "duration";

function isOrigin(
  name: Extract<Expression, { kind: "TracedTo" }>["sources"][number],
  env: Env,
  typer: Typer,
): boolean {
  const { sources, principals } = typer.program.symbols;
  if (name.text === "intent" || principals.has(name.text)) {
    return name.text === "intent" || resolve(principals, name, "principal", env.unit, typer) !== undefined;
  }
  if (!sources.has(name.text)) {
    const candidates = [
      "intent",
      ...visibleNames(sources, env.unit, typer),
      ...visibleNames(principals, env.unit, typer),
    ];
    unknownName(
      typer,
      "source",
      name.text,
      name.span,
      candidates,
      "trace to `intent`, a principal or a tool source",
    );
    return false;
  }
  const source = resolve(sources, name, "source", env.unit, typer);
  if (source === undefined) return false;
  if (source.node.origin.kind === "ToolOrigin") return true;
  report(
    typer,
    "check/type-mismatch",
    name.span,
    `\`${name.text}\` is a source of facts: nothing is traced to it`,
    {
      related: [{ span: source.span, text: "declared here" }],
      help: "trace to `intent`, a principal or a tool source; compare with a fact instead",
    },
  );
  return false;
}
