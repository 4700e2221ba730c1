import type * as Ast from "../../../../syntax/ast.js";
import type { CheckContext, Program, Rule } from "../../../program.js";
import { commission } from "../snippets.js";
import { neighbours, stepsOf } from "../support/descent.js";
import { type Found, quote } from "../support/found.js";
import { usedIn } from "../support/used.js";
import { nodesOfKind } from "../support/walk.js";
import { allWhole } from "../support/whole.js";

const policy = (held: string): string =>
  commission({
    intent: `
      given week: int = 1
      given budget: int = 100`,
    scope: `
      permit notes.read serving read
        when given.week > 40 and path within "/archive"
      permit notes.write serving summarise
        when path within "/archive" and length(body) <= given.budget`,
    more: `
      tiers root > writer

      boundary root -> writer {
        ${held}
        grants    notes.read
        withholds notes.write
      }`,
  });

export const overwhelmsReceiver: Rule = {
  code: "lint/overwhelms-receiver",
  severity: "warning",
  summary: "a given that a boundary carries by name is read at the receiving tier or below",
  why:
    "A boundary is designed for its receiver. Knowledge that no rule for the receiver's tools reads fills its context and invites it " +
    "to act on what is not its concern. What is carried by a star is not reported, for it was not chosen one by one.",
  avoid: policy("carries   intent.*, given.week, given.budget"),
  prefer: policy("carries   intent.*, given.week\n        withholds given.budget"),
  *check(context: CheckContext): Iterable<Found> {
    const steps = stepsOf(context);
    if (steps.length === 0 || steps.length < [...neighbours(context)].length || !allWhole(context)) return;
    const used = usedIn(context.program);
    const readers = [...readersOf(context.program)];
    for (const [index, { boundary, mentions }] of steps.entries()) {
      const usable = new Set(steps.slice(index).flatMap(({ lower }) => [...lower.uses]));
      const reads = (name: string) =>
        readers.some((reader) => reader.reads(name) && isFor(context, reader.tools, usable));
      for (const { verb, held } of mentions) {
        if (verb !== "carries" || held.kind !== "HeldGiven" || held.name === "*") continue;
        // One that is read nowhere is reported where it is declared.
        if (!used.allGivens && !used.givens.has(held.name)) continue;
        if (!context.program.symbols.givens.has(held.name) || reads(held.name)) continue;
        const name = quote(`given.${held.name}`);
        yield {
          message: `${name} is carried to ${quote(boundary.to.text)}, and no rule for what can be done there or below reads it`,
          span: held.span,
          label: "carried for nobody",
          help: `write \`withholds given.${held.name}\`, or carry it by \`given.*\` if the tier should know it all the same`,
        };
      }
    }
  },
};

/** A statement that may read givens; one without tools of its own is for all. */
interface Reader {
  readonly tools: readonly Ast.ToolRef[] | undefined;
  reads(given: string): boolean;
}

function* readersOf(program: Program): Generator<Reader> {
  for (const { document } of program.units) {
    for (const declaration of document.declarations) {
      if (declaration.kind === "Test" || declaration.kind === "Boundary") continue;
      const nodes: readonly Ast.Node[] = "statements" in declaration ? declaration.statements : [declaration];
      for (const node of nodes) yield readerOf(node);
    }
  }
}

function readerOf(node: Ast.Node & { readonly tools?: readonly Ast.ToolRef[] }): Reader {
  const givens = new Set<string>();
  for (const reference of nodesOfKind<Ast.Reference>(node, "Reference")) {
    if (reference.root === "given") givens.add(reference.name.text);
  }
  // The answers to givens are among what `traced to intent` looks for.
  const all = nodesOfKind<Traced>(node, "TracedTo").some(({ sources }) =>
    sources.some(({ text }) => text === "intent"),
  );
  return { tools: node.tools, reads: (given) => all || givens.has(given) };
}

type Traced = Extract<Ast.Expression, { readonly kind: "TracedTo" }>;

const isFor = (
  context: CheckContext,
  tools: readonly Ast.ToolRef[] | undefined,
  usable: ReadonlySet<string>,
): boolean =>
  tools === undefined || tools.some((ref) => context.toolsOf(ref).some((tool) => usable.has(tool.name)));
