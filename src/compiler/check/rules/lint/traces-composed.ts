import type * as Ast from "../../../../syntax/ast.js";
import type { CheckContext, Rule } from "../../../program.js";
import { commission } from "../snippets.js";
import { type Found, quote } from "../support/found.js";
import { nodesOfKind } from "../support/walk.js";

/** What parameters are called that take text which an agent composes. */
const composed = ["body", "content", "message", "summary", "comment", "description", "prompt"];

const policy = (what: string): string =>
  commission({
    grounding: `
      ground notes.write on situation
        ${what} traced to [intent, owner]`,
  });

export const tracesComposed: Rule = {
  code: "lint/traces-composed",
  severity: "hint",
  summary: "what is traced was said, and not composed",
  why:
    "`traced to` asks whether the very words were said. A text that the agent composes is said by nobody, so that the check is " +
    "unknown each time and somebody is asked. Trace what steers (who, where, which), and bound what is composed by other means.",
  avoid: policy("body"),
  prefer: policy("path"),
  *check(context: CheckContext): Iterable<Found> {
    for (const { document } of context.program.units)
      for (const node of nodesOfKind<Traced>(document, "TracedTo")) {
        const { operand } = node;
        if (operand.kind !== "Reference" || operand.root !== "name" || operand.args !== undefined) continue;
        const name = operand.fields.at(-1)?.text ?? operand.name.text;
        if (!composed.includes(name) || context.typing.types.get(operand) !== "string") continue;
        yield {
          message: `${quote(name)} is text that an agent composes, and nobody has said it`,
          span: operand.span,
          label: "composed",
          help: "trace what steers the action, such as its addressee, and leave the text to a `gray` line",
        };
      }
  },
};

type Traced = Extract<Ast.Expression, { readonly kind: "TracedTo" }>;
