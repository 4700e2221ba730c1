import type * as Ast from "../../../../syntax/ast.js";
import type { CheckContext, Rule } from "../../../program.js";
import { commission } from "../snippets.js";
import { type Found, quote } from "../support/found.js";
import { ownUnits, StarIndex } from "../support/tools.js";
import { declarationsIn, nodesIn } from "../support/walk.js";

export const idleTool: Rule = {
  code: "lint/idle-tool",
  severity: "warning",
  whole: true,
  summary: "each tool that a commission writes out has a rule",
  why:
    "What no permit covers is outside, so that a tool without any rule can never be used: a permit was forgotten, or its name is " +
    "written otherwise there. Tools that are taken in from a file are not reported, for one rarely wants all of them.",
  avoid: commission(
    {
      tools: `
      tool notes.rename(path: path, name: string)`,
    },
    {
      scope: `
      permit notes.read serving read
        when path within "/notes"
      permit notes.write serving summarise
        when path within "/notes/summaries"
      forbid notes.read, notes.write serving restrain
        when path like "*/private/*"`,
    },
  ),
  prefer: commission(),
  *check(context: CheckContext): Iterable<Found> {
    const mentioned = mentionsOf(context);
    for (const unit of ownUnits(context))
      for (const { name } of declarationsIn(unit, "Tool")) {
        const tool = context.program.symbols.tools.get(name.text);
        if (tool === undefined || tool.imported || tool.span !== name.span) continue;
        if (mentioned.names.has(tool.name) || mentioned.stars.covering(tool.name) !== undefined) continue;
        yield {
          message: `no rule speaks of the tool ${quote(tool.name)}`,
          span: name.span,
          label: "can never be used",
          help: "write a permit for it, or take the tool away",
        };
      }
  },
};

/** The tools that statements name, boundaries and tests apart: those hand on and try what rules decide. */
function mentionsOf({ program }: CheckContext): {
  readonly names: ReadonlySet<string>;
  readonly stars: StarIndex<Ast.ToolRef>;
} {
  const names = new Set<string>();
  const stars = new StarIndex<Ast.ToolRef>();
  for (const { document } of program.units)
    for (const declaration of document.declarations) {
      if (declaration.kind === "Boundary" || declaration.kind === "Test") continue;
      for (const node of nodesIn(declaration)) {
        const { tools = [] } = node as { readonly tools?: readonly Ast.ToolRef[] };
        for (const ref of tools) {
          if (ref.pattern.endsWith("*")) stars.add(ref.pattern, ref);
          else names.add(ref.pattern);
        }
      }
      if (declaration.kind === "Reversibility")
        for (const statement of declaration.statements)
          if (statement.kind === "Treat" && statement.undo) names.add(statement.undo.call.tool.text);
    }
  return { names, stars };
}
