import { haveSensitive, holdsSensitive } from "../../../ir/sensitive.js";
import type * as Ast from "../../../syntax/ast.js";
import type { CheckContext, Rule } from "../../program.js";
import { fieldsOf, typeOf } from "../../types.js";
import { commission } from "./snippets.js";
import { type Found, quote } from "./support/found.js";
import { declarationsOf, statementsOf } from "./support/walk.js";

export const sensitivePlace: Rule = {
  code: "check/sensitive-place",
  severity: "error",
  summary: "`sensitive` marks what tools take, and nothing else",
  why:
    "A given and a claim are kept with the session, because later decisions read them, and a delegation is kept whole, because it is what the " +
    "receiver is told. A mark there would promise what nothing keeps.",
  avoid: commission({
    intent: "given account: { name: string, pin: sensitive string }",
    scope: 'permit notes.read serving read when given.account.name == "desk"',
  }),
  prefer: commission({
    intent: "given account: { name: string, desk: string }",
    scope: 'permit notes.read serving read when given.account.name == "desk"',
  }),
  *check({ program }: CheckContext): Iterable<Found> {
    for (const { node } of statementsOf(program, "Given"))
      if (holdsSensitive(typeOf(node.type))) yield found(`given ${quote(node.name.text)}`, node.type);
    for (const { node } of statementsOf(program, "Claim"))
      if (holdsSensitive(typeOf(node.type))) yield found(`claim ${quote(node.name.text)}`, node.type);
    for (const { node } of declarationsOf(program, "Tool"))
      if (node.name.text === "delegate")
        for (const param of node.params)
          if (haveSensitive(fieldsOf([param]))) yield found("a delegation", param);
  },
};

const found = (what: string, { span }: Ast.Node): Found => ({
  message: `${what} is marked \`sensitive\`, which only parameters of tools can be`,
  span,
  label: "kept as it is",
  help: "take `sensitive` away, or let a tool's parameter carry the secret",
});
