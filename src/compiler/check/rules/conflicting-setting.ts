import type * as Ast from "../../../syntax/ast.js";
import type { CheckContext, Rule, Unit } from "../../program.js";
import { type Found, quote } from "./support/found.js";
import { declarationsIn, statementsIn } from "./support/walk.js";

/** A statement that one layer may write once, and what it sets. */
interface Setting {
  readonly name: string;
  readonly node: Ast.Node;
}

export const conflictingSetting: Rule = {
  code: "check/conflicting-setting",
  severity: "error",
  summary: "a layer sets each of its values once",
  why:
    "A tolerance, a threshold or an `otherwise` has one value in a layer. Where two are written, one of the two authors is " +
    "mistaken about what the policy does. (Two layers may well differ: each is assessed by what it writes itself.)",
  avoid: `policy notes.rules

grounding {
  tolerance 0.1
  tolerance 0.25
}
`,
  prefer: `policy notes.rules

grounding {
  tolerance 0.1
}
`,
  *check({ program }: CheckContext): Iterable<Found> {
    for (const unit of program.units) {
      const first = new Map<string, Ast.Node>();
      for (const { name, node } of settingsOf(unit)) {
        const earlier = first.get(name);
        if (earlier === undefined) first.set(name, node);
        else yield conflict(name, node, earlier);
      }
      for (const boundary of declarationsIn(unit, "Boundary")) yield* secondReasons(boundary);
    }
  },
};

function* settingsOf(unit: Unit): Generator<Setting> {
  for (const node of statementsIn(unit, "Tolerance")) yield { name: "tolerance", node };
  for (const node of statementsIn(unit, "Unsupported")) yield { name: "unsupported at most", node };
  for (const node of statementsIn(unit, "Otherwise")) yield { name: "otherwise", node };
  for (const node of statementsIn(unit, "Fidelity")) yield { name: "fidelity at least", node };
  for (const node of statementsIn(unit, "Escalate")) yield { name: "escalate", node };
  for (const node of statementsIn(unit, "Threshold")) {
    yield { name: node.for === undefined ? "threshold" : `threshold … for ${node.for.text}`, node };
  }
}

function* secondReasons(boundary: Ast.BoundaryDeclaration): Generator<Found> {
  const [first, ...others] = boundary.statements.filter((statement) => statement.kind === "Because");
  if (first === undefined) return;
  for (const node of others) yield conflict("because", node, first);
}

function conflict(name: string, node: Ast.Node, earlier: Ast.Node): Found {
  return {
    message: `${quote(name)} is set twice`,
    span: node.span,
    label: "again",
    related: [{ span: earlier.span, text: "first here" }],
    help: "keep the one that is meant",
  };
}
