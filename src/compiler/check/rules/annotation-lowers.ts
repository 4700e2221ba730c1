import type * as Ast from "../../../syntax/ast.js";
import type { CheckContext, Rule, Unit } from "../../program.js";
import { commission } from "./snippets.js";
import { type Found, quote } from "./support/found.js";
import { nodesOfKind, statementsIn } from "./support/walk.js";

export const annotationLowers: Rule = {
  code: "check/annotation-lowers",
  severity: "error",
  summary: "what a server says of its tools makes them graver, and never milder",
  why:
    "The annotations in a tool list are the server's own word, and nobody answers for it. Where they could permit something, or give a " +
    "milder class, a server would choose what is done without a question. So `annotated` stands in the conditions of `forbid`, " +
    "`gray` and `treat` alone, joined by `and` and `or` and not negated; and a class that it gives is no milder than the file's own " +
    "`otherwise`.",
  avoid: commission({
    scope: `
      permit notes.write serving summarise
        when not annotated("destructive")`,
  }),
  prefer: commission({
    scope: `
      forbid notes.write serving restrain
        when annotated("destructive")`,
  }),
  *check(context: CheckContext): Iterable<Found> {
    for (const unit of context.program.units) {
      const annotated = nodesOfKind<Ast.Reference>(unit.document, "Reference").filter(isAnnotated);
      if (annotated.length === 0) continue;
      const raising = new Set(raisingIn(unit, context));
      for (const node of annotated) {
        if (raising.has(node)) continue;
        yield {
          message: `${quote("annotated")} could let something through here, on a server's word`,
          span: node.span,
          label: "could make an action milder",
          help: "write it in a `forbid`, `gray` or `treat`, not negated, and with a class no milder than `otherwise`",
        };
      }
    }
  },
};

const isAnnotated = ({ name, args }: Ast.Reference): boolean =>
  name.text === "annotated" && args !== undefined;

/** The places of one file where `annotated` can only make an action graver. */
function* raisingIn(unit: Unit, context: CheckContext): Generator<Ast.Node> {
  for (const { effect, when } of statementsIn(unit, "Permit"))
    if (effect === "forbid") yield* positiveIn(when);
  for (const { when } of statementsIn(unit, "Gray")) yield* positiveIn(when);
  const [otherwise] = statementsIn(unit, "Otherwise");
  const milder = otherwise === undefined ? undefined : milderThan(otherwise.name.text, context);
  for (const { as, when } of statementsIn(unit, "Treat")) if (!milder?.has(as.text)) yield* positiveIn(when);
}

/** The operands of `and` and `or`, at any depth. */
function* positiveIn(condition: Ast.Expression | undefined): Generator<Ast.Node> {
  const waiting = condition === undefined ? [] : [condition];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.kind === "Binary" && (node.operator === "and" || node.operator === "or"))
      waiting.push(node.left, node.right);
    else yield node;
  }
}

/** The classes that stand somewhere beneath one; it itself too where they are a ring, which is an error of its own. */
function milderThan(name: string, { program }: CheckContext): ReadonlySet<string> {
  const above = (one: string) => program.symbols.classes.get(one)?.[0]?.node.above?.text;
  const milder = new Set<string>();
  for (let at = above(name); at !== undefined && !milder.has(at); at = above(at)) milder.add(at);
  return milder;
}
