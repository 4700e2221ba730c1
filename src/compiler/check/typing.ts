import type { Span } from "../../diagnostics/diagnostic.js";
import type { Expression } from "../../syntax/ast.js";
import type { TypeIr } from "../../ir/type.js";
import type { CheckContext, Definition, Mention, Problem, Program, Typing, Unit } from "../program.js";
import { isKnownZone } from "../zones.js";
import { wordsOfInvalid } from "./lost.js";
import type { Work } from "./typing/env.js";
import { makeTyper } from "./typing/expression.js";
import { typeDeclaration } from "./typing/statements.js";

/**
 * Gives every expression of a program its type, and collects what stands in the way (language.md, *Types and values*).
 * In an incomplete program an unknown name may be declared in what is missing.
 */
export function typeProgram(
  program: Program,
  names: Pick<CheckContext, "sees" | "toolsOf">,
  incomplete = false,
): Typing {
  const types = new Map<Expression, TypeIr>();
  const problems: Problem[] = [];
  const mentions: Mention[] = [];
  const lost = wordsOfInvalid(program);
  let locals = 0;
  const work: Work = {
    program,
    types,
    problems,
    mention: (span, definitionsOf) => mentions.push(new Resolved(span, definitionsOf)),
    sees: names.sees,
    toolsOf: names.toolsOf,
    zoneOf: zoneOf(program),
    nextLocal: () => (locals += 1),
    lost: (name) => incomplete || (lost.size > 0 && name.split(".").every((word) => lost.has(word))),
  };
  const typer = makeTyper(work);
  for (const unit of program.units) {
    for (const declaration of unit.document.declarations) typeDeclaration(declaration, unit, typer);
  }
  return { types, problems, mentions };
}

/** A name where it was met; what it names is told to whoever asks. */
class Resolved implements Mention {
  readonly declares = false;

  constructor(
    readonly span: Span,
    private readonly definitionsOf: () => readonly Definition[],
  ) {}

  get definitions(): readonly Definition[] {
    return this.definitionsOf();
  }
}

/**
 * The zone of a unit's local times (language.md, *Declarations*): its own, else that of the file with the intent, else UTC; that
 * of its policy in a narrowing.
 */
export function zoneOf(program: Program): (unit: Unit) => string {
  const commissioned = program.intentUnit && writtenZone(program.intentUnit)?.value;
  // It takes long to look a zone up, and every value is read in one.
  const known = new Map<Unit, string>();
  return (unit) => {
    const zone = known.get(unit) ?? valid(writtenZone(unit)?.value ?? program.narrowedZone ?? commissioned);
    known.set(unit, zone);
    return zone;
  };
}

const valid = (zone = "UTC"): string => (isKnownZone(zone) ? zone : "UTC");

const writtenZone = (unit: Unit) =>
  unit.document.kind === "Policy" ? unit.document.header?.zone : undefined;
