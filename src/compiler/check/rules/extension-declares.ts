import type * as Ast from "../../../syntax/ast.js";
import type { CheckContext, Rule, Unit } from "../../program.js";
import { commission } from "./snippets.js";
import { type Found, quote } from "./support/found.js";
import { declarationsOf, statementsIn } from "./support/walk.js";

export const extensionDeclares: Rule = {
  code: "check/extension-declares",
  severity: "error",
  summary: "what stands above a commission declares no tools, tiers, boundaries or `escalate`",
  why:
    "An extension narrows and never widens, whatever it says. A tool it declared would fall under the commission's `permit *`, " +
    "a descent of its own would give tiers what the commission withholds, and another `escalate` would send the questions to " +
    "somebody whom the commission did not name. These belong to the commission.",
  avoid: `policy notes.night extends "notes.reshimu"

tool notes.delete(path: path)

scope {
  permit *
  forbid notes.delete
}
`,
  prefer: `policy notes.night extends "notes.reshimu"

scope {
  permit *
  limit notes.write to 1 per session
}
`,
  files: { "notes.reshimu": commission() },
  *check({ program }: CheckContext): Iterable<Found> {
    const intents = [...declarationsOf(program, "Intent")];
    const [intent] = intents;
    if (intent === undefined || intents.length > 1) return;
    for (const unit of program.units) {
      if (unit.commission) continue;
      for (const { what, span } of declaredBy(unit)) {
        yield {
          message: `${what} stands above the commission, which alone may declare it`,
          span,
          label: "declared above the commission",
          related: [
            {
              span: { ...intent.node.span, end: intent.node.span.start + "intent".length },
              text: "the commission",
            },
          ],
          help: "move it into the policy that writes the intent, or into one that it extends",
        };
      }
    }
  },
};

interface Declared {
  readonly what: string;
  readonly span: Ast.Node["span"];
}

function* declaredBy(unit: Unit): Generator<Declared> {
  // Of a narrowing, `check/narrowing-blocks` speaks of whole declarations.
  for (const node of unit.document.kind === "Narrowing" ? [] : unit.document.declarations) {
    if (node.kind === "Tool") yield { what: `tool ${quote(node.name.text)}`, span: node.name.span };
    if (node.kind === "ToolsImport")
      yield { what: `the list of tools ${quote(node.path.value)}`, span: node.path.span };
    if (node.kind === "Tiers") yield { what: "this descent of tiers", span: node.span };
    if (node.kind === "Boundary") {
      const { from, to } = node;
      yield {
        what: `boundary ${quote(`${from.text} -> ${to.text}`)}`,
        span: { ...from.span, end: to.span.end },
      };
    }
  }
  for (const node of statementsIn(unit, "Escalate")) yield { what: "this `escalate`", span: node.span };
}
