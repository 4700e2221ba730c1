import type * as Ast from "../../../../syntax/ast.js";
import type { CheckContext, Rule, Unit } from "../../../program.js";
import { commission } from "../snippets.js";
import { chainOf } from "../support/classes.js";
import { isUnconditional } from "../support/conditions.js";
import type { Found } from "../support/found.js";
import { isOnlyStar, ToolIndex } from "../support/tools.js";
import { statementsIn } from "../support/walk.js";

export const shadowed: Rule = {
  code: "lint/shadowed",
  severity: "warning",
  summary: "no rule is made idle by another one",
  why:
    "A forbid wins over every permit, one permit is enough, and the gravest class counts; so beside a rule without condition a " +
    "narrower one for the same tools does nothing, and its condition bounds nothing. The wider line was mostly meant to be bounded.",
  avoid: commission(
    {
      scope: `
      permit notes.read serving read
      permit notes.read serving read
        when path within "/archive"`,
    },
    {
      scope: `
    permit notes.write serving summarise
      when path within "/notes/summaries"
    forbid notes.* serving restrain
      when path like "*/private/*"`,
    },
  ),
  prefer: commission(),
  *check(context: CheckContext): Iterable<Found> {
    const chain = chainOf(context).map((one) => one.name);
    for (const unit of context.program.units) {
      yield* inScope(context, unit);
      yield* inTreats(context, unit, chain);
    }
  },
};

function* inScope(context: CheckContext, unit: Unit): Generator<Found> {
  const all = [...statementsIn(unit, "Permit")];
  const isWide = (node: Ast.PermitStatement): boolean => isUnconditional(node.when, context);
  const permits = new ToolIndex(all.filter((node) => node.effect === "permit" && isWide(node)));
  // That everything is forbidden is said of that line; a forbid of a base binds here as well; one of an extension narrows on purpose.
  const seen = context.program.units.filter((other) => context.sees(unit, other));
  const forbids = new ToolIndex(
    seen
      .flatMap((other) => [...statementsIn(other, "Permit")])
      .filter((node) => node.effect === "forbid" && isWide(node) && !isOnlyStar(node.tools)),
  );
  for (const node of all) {
    const forbid = forbids.covering(node.tools, (other) => other !== node);
    if (node.effect === "permit" && forbid !== undefined)
      yield idle(
        node,
        "this permit can never apply: its tools are forbidden in any case",
        forbid,
        "forbids them all",
      );
    else if (node.effect === "forbid" && forbid !== undefined && !isWide(node))
      yield idle(
        node,
        "this forbid adds nothing: its tools are forbidden in any case",
        forbid,
        "forbids them all",
      );
    else if (node.effect === "permit" && !isWide(node)) {
      const permit = permits.covering(node.tools);
      if (permit !== undefined)
        yield idle(
          node,
          "this permit adds nothing: its tools are permitted in any case",
          permit,
          "permits them all",
        );
    }
  }
}

function* inTreats(context: CheckContext, unit: Unit, chain: readonly string[]): Generator<Found> {
  const all = [...statementsIn(unit, "Treat")];
  const wide = new ToolIndex(all.filter((node) => isUnconditional(node.when, context)));
  for (const node of all) {
    // What it says of the undo counts in any case.
    if (node.undo !== undefined) continue;
    const graver = wide.covering(
      node.tools,
      (other) => other !== node && chain.indexOf(other.as.text) > chain.indexOf(node.as.text),
    );
    if (graver !== undefined && chain.includes(node.as.text))
      yield idle(
        node,
        "this line adds nothing: a graver class counts in any case",
        graver,
        "is graver, and holds always",
      );
  }
}

const idle = (
  node: Ast.PermitStatement | Ast.TreatStatement,
  message: string,
  by: Ast.Node,
  text: string,
): Found => ({
  message,
  span: { ...node.span, end: node.tools.at(-1)?.span.end ?? node.span.end },
  label: "does nothing",
  related: [{ span: by.span, text }],
  help: "bound the other line by a condition, or take this one away",
});
