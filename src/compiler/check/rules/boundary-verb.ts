import type * as Ast from "../../../syntax/ast.js";
import type { CheckContext, Rule } from "../../program.js";
import { fitsVerb, showHeld } from "./support/descent.js";
import { type Found, quote } from "./support/found.js";
import { statementsOf } from "./support/walk.js";

export const boundaryVerb: Rule = {
  code: "check/boundary-verb",
  severity: "error",
  summary: "a boundary carries bullets and givens, and grants or passes tools",
  why:
    "What is carried is knowledge, which a tier reads; what is granted or passed is a tool, which it uses or hands on. The words " +
    "are kept apart so that a reviewer sees at a glance what the tier below may do. `withholds` takes both.",
  avoid: `policy notes.tiers

tool notes.read(path: path)

tiers root > writer

boundary root -> writer {
  carries intent.*, given.*, notes.read
}
`,
  prefer: `policy notes.tiers

tool notes.read(path: path)

tiers root > writer

boundary root -> writer {
  carries intent.*, given.*
  grants  notes.read
}
`,
  *check({ program }: CheckContext): Iterable<Found> {
    for (const { node } of statementsOf(program, "Hold")) {
      for (const held of node.held) if (!fitsVerb(node.verb, held)) yield misfit(node.verb, held);
    }
  },
};

function misfit(verb: Ast.HoldStatement["verb"], held: Ast.Held): Found {
  const name = quote(showHeld(held));
  const isTool = held.kind === "HeldTool";
  const what = isTool ? "a tool" : held.kind === "HeldBullet" ? "a bullet" : "a given";
  return {
    message: `${name} is ${what}, and \`${verb}\` takes ${isTool ? "bullets and givens" : "tools"}`,
    span: held.span,
    label: what,
    help: isTool
      ? `write ${quote(`grants ${showHeld(held)}`)} to let the tier use it, or ${quote(`passes ${showHeld(held)}`)} to hand it on only`
      : `write ${quote(`carries ${showHeld(held)}`)}`,
  };
}
