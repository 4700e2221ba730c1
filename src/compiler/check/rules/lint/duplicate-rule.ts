import type * as Ast from "../../../../syntax/ast.js";
import type { CheckContext, Rule, Unit } from "../../../program.js";
import { commission } from "../snippets.js";
import { shapeOf } from "../support/conditions.js";
import { removal } from "../support/edits.js";
import { countsOf, type Found } from "../support/found.js";

const kinds: readonly unknown[] = ["Permit", "Limit", "Ground", "Treat", "Gray"];

const isRule = (node: Ast.Node): node is Statement => "kind" in node && kinds.includes(node.kind);

export const duplicateRule: Rule = {
  code: "lint/duplicate-rule",
  severity: "warning",
  summary: "no rule stands twice in a file",
  why:
    "The second copy does nothing, until somebody mends one of the two and believes to have mended the rule. A copy was also often " +
    "meant to be changed, and was not.",
  avoid: commission({
    scope: `
      forbid notes.* serving restrain
        when path like "*/private/*"`,
  }),
  prefer: commission(),
  *check({ program }: CheckContext): Iterable<Found> {
    for (const unit of program.units) {
      const seen = new Map<string, Statement>();
      for (const node of alike([...statementsOf(unit)])) {
        const shape = shapeOf({ ...node, because: undefined });
        const earlier = seen.get(shape);
        if (earlier === undefined) seen.set(shape, node);
        else yield twice(unit, node, earlier);
      }
    }
  },
};

interface Statement extends Ast.Node {
  readonly kind: string;
  readonly effect?: string;
  readonly tools: readonly Ast.ToolRef[];
  readonly because?: Ast.Text | undefined;
}

/** Those that have another of their kind with the same tools: to compare all that a rule says takes long. */
function alike(all: readonly Statement[]): readonly Statement[] {
  const headOf = ({ kind, effect, tools }: Statement): string =>
    [kind, effect, ...tools.map(({ pattern }) => pattern)].join(" ");
  const counts = countsOf(all.map(headOf));
  return all.filter((one) => counts.get(headOf(one)) !== 1);
}

function* statementsOf({ document }: Unit): Generator<Statement> {
  for (const declaration of document.declarations) {
    if (declaration.kind === "Assert") yield declaration;
    if (!("statements" in declaration)) continue;
    const statements: readonly Ast.Node[] = declaration.statements;
    yield* statements.filter(isRule);
  }
}

function twice({ source }: Unit, node: Statement, earlier: Statement): Found {
  // With another reason the two were not copied: which of the reasons is meant is for a person to say.
  const fix = {
    title: "take the copy away",
    edits: [removal(source.text, node.span)],
  };
  return {
    message: "this rule stands twice in this file",
    span: node.span,
    label: "says the same",
    related: [{ span: earlier.span, text: "as this one" }],
    help: "take one of the two away, or change the one that was meant to differ",
    ...(shapeOf(node.because) === shapeOf(earlier.because) ? { fix } : {}),
  };
}
