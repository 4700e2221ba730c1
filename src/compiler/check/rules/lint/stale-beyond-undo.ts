import type * as Ast from "../../../../syntax/ast.js";
import type { CheckContext, Rule } from "../../../program.js";
import { commission } from "../snippets.js";
import { originsOf } from "../support/facts.js";
import { type Found, quote } from "../support/found.js";
import { namesOf } from "../support/tools.js";
import { nodesOfKind, statementsOf } from "../support/walk.js";

const policy = (fresh: string): string =>
  commission({
    tools: "tool notes.remove(path: path)",
    scope: `
      permit notes.remove serving summarise
        when path within "/notes/summaries"`,
    grounding: `
      source disk is http "https://disk.example/{fact}" trust 0.9 fresh ${fresh}
      fact size(path: path): int from disk
      ground notes.write on fact
        size(path) == 0`,
    reversibility: `
      treat notes.remove as read
      treat notes.write as read by notes.remove(path: path) within 2h`,
  });

export const staleBeyondUndo: Rule = {
  code: "lint/stale-beyond-undo",
  severity: "warning",
  summary: "a source is no older than the time in which what it grounds can be undone",
  why:
    "`fresh` says how old an answer may be. If that is longer than the undo takes to run out, the world may have changed before the " +
    "action, and the slip comes to light when it is too late to take it back.",
  avoid: policy("1d"),
  prefer: policy("10m"),
  *check(context: CheckContext): Iterable<Found> {
    const origins = [...originsOf(context)].filter(({ source }) => source.node.fresh !== undefined);
    if (origins.length === 0) return;
    const told = new Set<Ast.Node>();
    for (const { tools, undo } of undone(context)) {
      for (const fact of factsFor(context, tools))
        for (const { fact: declared, source } of origins) {
          const { fresh } = source.node;
          if (declared.name.text !== fact || fresh === undefined || told.has(fresh)) continue;
          if (fresh.milliseconds <= undo.within.milliseconds) continue;
          told.add(fresh);
          yield {
            message: `an answer of ${quote(source.name)} may be older than the time in which the action can be undone`,
            span: fresh.span,
            label: "so old may it be",
            related: [{ span: undo.within.span, text: "so long can it be undone" }],
            help: "ask for a fresher answer, or for a longer time to undo",
          };
        }
    }
  },
};

function undone(context: CheckContext) {
  return [...statementsOf(context.program, "Treat")].flatMap(({ node: { tools, undo } }) =>
    undo === undefined ? [] : [{ tools: namesOf(tools, context), undo }],
  );
}

/** The facts that checks of these tools read. */
function* factsFor(context: CheckContext, tools: ReadonlySet<string>): Generator<string> {
  for (const { node } of statementsOf(context.program, "Ground")) {
    if (![...namesOf(node.tools, context)].some((tool) => tools.has(tool))) continue;
    for (const { root, name, args } of nodesOfKind<Ast.Reference>(node.condition, "Reference"))
      if (root === "name" && args !== undefined) yield name.text;
  }
}
