import type * as Ast from "../../../../syntax/ast.js";
import type { CheckContext, Rule } from "../../../program.js";
import { commission } from "../snippets.js";
import { itemRemoval } from "../support/edits.js";
import { type Found, quote } from "../support/found.js";
import { coversPattern } from "../support/tools.js";
import { nodesIn } from "../support/walk.js";

export const coveredTool: Rule = {
  code: "lint/covered-tool",
  severity: "warning",
  summary: "no item of a list of tools is covered by another one",
  why:
    "A tool that a pattern of the same list covers already suggests that the pattern stands for less than it does. Who later takes " +
    "the name away believes to have taken the tool away.",
  avoid: commission(
    {},
    {
      scope: `
      permit notes.read serving read
        when path within "/notes"
      permit notes.write serving summarise
        when path within "/notes/summaries"
      forbid notes.*, notes.write serving restrain
        when path like "*/private/*"`,
    },
  ),
  prefer: commission(),
  *check({ program }: CheckContext): Iterable<Found> {
    for (const { document } of program.units)
      for (const node of nodesIn(document)) {
        const { tools } = node as { readonly tools?: readonly Ast.ToolRef[] };
        if (tools === undefined || tools.length < 2) continue;
        yield* inList(tools);
      }
  },
};

function* inList(tools: readonly Ast.ToolRef[]): Generator<Found> {
  const seen = new Set<string>();
  const stars = tools.filter(({ pattern }) => pattern.endsWith("*"));
  const gone = new Set<Ast.ToolRef>();
  for (const [index, tool] of tools.entries()) {
    const repeated = seen.has(tool.pattern);
    seen.add(tool.pattern);
    const star = stars.find(
      (one) => one.pattern !== tool.pattern && coversPattern(one.pattern, tool.pattern),
    );
    if (!repeated && star === undefined) continue;
    gone.add(tool);
    const edit = itemRemoval(tools, index);
    // Edits of two neighbours would meet at the comma between them.
    const previous = tools[index - 1];
    const apart = previous === undefined || !gone.has(previous);
    yield {
      message:
        star === undefined
          ? `${quote(tool.pattern)} is named twice`
          : `${quote(tool.pattern)} is covered by ${quote(star.pattern)}`,
      span: tool.span,
      label: "adds nothing",
      ...(star === undefined ? {} : { related: [{ span: star.span, text: "covers it" }] }),
      help: "take it away, or write out what the pattern should stand for",
      ...(edit !== undefined && apart
        ? { fix: { title: `take ${quote(tool.pattern)} out of the list`, edits: [edit] } }
        : {}),
    };
  }
}
