import type * as Ast from "../../../syntax/ast.js";
import type { CheckContext, Rule, TierHolding } from "../../program.js";
import { commission } from "./snippets.js";
import { lossOf, tierNames } from "./support/descent.js";
import { type Found, listed, quote } from "./support/found.js";
import { nodesOfKind, statementsOf } from "./support/walk.js";

const tiers = (boundary: string): string => `
  tiers root > writer

  boundary root -> writer {
${boundary}
    grants    *
  }`;

export const thinTrace: Rule = {
  code: "check/thin-trace",
  severity: "error",
  summary:
    "a tier that may use a tool still carries the givens and bullets that the tool's rules read and serve",
  why:
    "Systems fail at the moment of the inadequate trace: the worker acts by a rule whose reason it was never told. A permit, gray " +
    "or ground that reads a given, or a permit that serves a bullet, needs it at every tier that may use the tool. Forbids and " +
    "limits need nothing: they bind everywhere.",
  avoid: commission({
    intent: "given week: int = 1",
    scope: `
      permit notes.read serving read
        when given.week > 40 and path within "/archive"`,
    more: tiers("    carries   intent.*\n    withholds given.week"),
  }),
  prefer: commission({
    intent: "given week: int = 1",
    scope: `
      permit notes.read serving read
        when given.week > 40 and path within "/archive"`,
    more: tiers("    carries   intent.*, given.week"),
  }),
  *check(context: CheckContext): Iterable<Found> {
    if (tierNames(context).length === 0) return;
    for (const statement of statementsFor(context)) {
      for (const need of statement.needs) yield* thinned(context, statement, need);
    }
  },
};

/** What a statement needs a tier to carry, and where it says so. */
interface Need {
  readonly thing: string;
  readonly verb: "reads" | "serves";
  readonly span: Ast.Node["span"];
}

interface Needy {
  readonly keyword: string;
  readonly tools: readonly string[];
  readonly needs: readonly Need[];
}

function* statementsFor(context: CheckContext): Generator<Needy> {
  const { program } = context;
  const tools = (node: { readonly tools: readonly Ast.ToolRef[] }) =>
    node.tools.flatMap((ref) => context.toolsOf(ref).map((tool) => tool.name));
  for (const { node } of statementsOf(program, "Permit")) {
    if (node.effect !== "permit") continue;
    const served = node.serving.map(({ text, span }) => ({
      thing: `intent.${text}`,
      verb: "serves" as const,
      span,
    }));
    yield { keyword: "permit", tools: tools(node), needs: once([...served, ...readBy(node.when)]) };
  }
  for (const { node } of statementsOf(program, "Gray")) {
    yield { keyword: "gray", tools: tools(node), needs: once(readBy(node.when)) };
  }
  for (const { node } of statementsOf(program, "Ground")) {
    yield { keyword: "ground", tools: tools(node), needs: once(readBy(node.condition)) };
  }
}

function readBy(expression: Ast.Expression | undefined): Need[] {
  if (expression === undefined) return [];
  return nodesOfKind<Ast.Reference>(expression, "Reference")
    .filter((reference) => reference.root === "given")
    .map(({ name, span }) => ({ thing: `given.${name.text}`, verb: "reads", span }));
}

/** The first mention of each thing. */
const once = (needs: readonly Need[]): Need[] =>
  needs.filter(({ thing }, index) => needs.findIndex((other) => other.thing === thing) === index);

/** Names the first tier from the root that lacks the thing and may use the tool. */
function* thinned(context: CheckContext, { keyword, tools }: Needy, need: Need): Generator<Found> {
  const lacks = ({ lostAt, uses }: TierHolding) =>
    lostAt.has(need.thing) && tools.some((tool) => uses.has(tool));
  const first = context.holdings.find(lacks);
  const loss = first && lossOf(context, first, need.thing);
  if (first === undefined || loss === undefined) return;
  const used = tools.filter((tool) => first.uses.has(tool));
  const { from, to } = loss.boundary;
  yield {
    message: `this ${keyword} ${need.verb} ${quote(need.thing)}, which ${quote(first.name)} does not carry though it may use ${listed(used)}`,
    span: need.span,
    label: `lost at ${quote(`${from.text} -> ${to.text}`)}`,
    related: [{ span: loss.held.span, text: `withheld from ${quote(to.text)}` }],
    help: `carry ${quote(need.thing)} down to ${quote(first.name)}, or withhold the tool from it too`,
  };
}
