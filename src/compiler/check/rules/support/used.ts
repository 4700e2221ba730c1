import type * as Ast from "../../../../syntax/ast.js";
import type { CheckContext, Declared, Program } from "../../../program.js";
import type { Found } from "./found.js";
import { quote } from "./found.js";
import { ownUnits } from "./tools.js";
import { nodesIn } from "./walk.js";

/** The names that statements read, by what they name; tests and boundaries do not count, for they only set and hand on. */
export interface Used {
  readonly principals: ReadonlySet<string>;
  readonly givens: ReadonlySet<string>;
  readonly claims: ReadonlySet<string>;
  readonly facts: ReadonlySet<string>;
  readonly sources: ReadonlySet<string>;
  readonly classes: ReadonlySet<string>;
  /** `traced to intent`: every given may be what a value is traced to. */
  readonly allGivens: boolean;
  /** `session.trust`: every tool source counts. */
  readonly trust: boolean;
}

const known = new WeakMap<Program, Used>();

export function usedIn(program: Program): Used {
  const found = known.get(program) ?? collect(program);
  known.set(program, found);
  return found;
}

function collect({ units }: Program): Used {
  const sets = {
    principals: new Set<string>(),
    givens: new Set<string>(),
    claims: new Set<string>(),
    facts: new Set<string>(),
    sources: new Set<string>(),
    classes: new Set<string>(),
  };
  let [allGivens, trust] = [false, false];
  for (const { document } of units)
    for (const declaration of document.declarations) {
      if (declaration.kind === "Test" || declaration.kind === "Boundary") continue;
      for (const node of nodesIn(declaration)) {
        const any = node as Any;
        if (any.kind === "Reference") {
          if (any.root === "given") sets.givens.add(any.name.text);
          if (any.root === "claim") sets.claims.add(any.name.text);
          if (any.root === "name" && any.args !== undefined) sets.facts.add(any.name.text);
          if (any.root === "session" && any.name.text === "trust") trust = true;
        } else if (any.kind === "TracedTo") {
          for (const { text } of any.sources) {
            sets.sources.add(text);
            sets.principals.add(text);
            if (text === "intent") allGivens = true;
          }
        } else if (any.kind === "Fact") for (const { source } of any.from) sets.sources.add(source.text);
        else if (any.kind === "Class" && any.confirm !== undefined) sets.principals.add(any.confirm.text);
        else if (any.kind === "Escalate")
          for (const { principal } of any.steps) sets.principals.add(principal.text);
        else if (any.kind === "Treat") sets.classes.add(any.as.text);
        else if (any.kind === "Otherwise") sets.classes.add(any.name.text);
        if ("asks" in any && any.asks !== undefined) sets.principals.add(any.asks.principal.text);
      }
    }
  return { ...sets, allGivens, trust };
}

type Any =
  | Ast.Reference
  | Extract<Ast.Expression, { readonly kind: "TracedTo" }>
  | Ast.FactStatement
  | Ast.ClassStatement
  | Ast.EscalateStatement
  | Ast.TreatStatement
  | Ast.OtherwiseStatement
  | Ast.Given
  | Ast.GrayStatement;

/** A finding for each declaration that nothing uses, where whatever could use it is at hand. */
export function* unused<N>(
  context: CheckContext,
  declared: Iterable<readonly Declared<N>[]>,
  isUsed: (one: Declared<N>) => boolean,
  kind: { readonly noun: string; readonly label: string; readonly help: string },
): Generator<Found> {
  const own = ownUnits(context);
  for (const [one] of declared) {
    if (one === undefined || !own.includes(one.unit) || isUsed(one)) continue;
    yield {
      message: `${kind.noun} ${quote(one.name)} is never used`,
      span: one.span,
      label: kind.label,
      help: kind.help,
    };
  }
}
