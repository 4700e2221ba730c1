import type * as Ast from "../../../../syntax/ast.js";
import type { CheckContext, Rule } from "../../../program.js";
import { commission } from "../snippets.js";
import { certainClass, chainOf } from "../support/classes.js";
import { type Found, quote } from "../support/found.js";
import { namesOf } from "../support/tools.js";
import { statementsOf } from "../support/walk.js";

const policy = (tools: string): string =>
  commission({
    grounding: `
      source written is tool ${tools} trust 1
      ground notes.write on situation
        path traced to written`,
  });

export const trustsAgent: Rule = {
  code: "lint/trusts-agent",
  severity: "warning",
  summary: "what the agent can have written itself is not trusted without reserve",
  why:
    "A tool that changes something returns, soon or late, what the agent put in. A value that is traced to it has then been said by " +
    "nobody but the agent, and with a trust of 1 it counts as if it were certain. Tools of the mildest class only read.",
  avoid: policy("notes.write"),
  prefer: policy("notes.read"),
  *check(context: CheckContext): Iterable<Found> {
    const [mildest] = chainOf(context);
    for (const { node } of statementsOf(context.program, "Source")) {
      if (node.origin.kind !== "ToolOrigin" || node.trust.value < 1) continue;
      const tool = writable(context, node.origin, mildest?.name);
      if (tool === undefined) continue;
      yield {
        message: `source ${quote(node.name.text)} has a trust of 1, and the agent can write what ${tool} returns`,
        span: node.trust.span,
        label: "as if it were certain",
        help: "trust it less, or name only tools that read",
      };
    }
  },
};

/** A tool of the source that certainly changes something: its class is above the mildest. */
function writable(
  context: CheckContext,
  { tools }: Ast.ToolOrigin,
  mildest: string | undefined,
): string | undefined {
  if (tools.some(({ pattern }) => pattern === "*")) return "every tool";
  if (mildest === undefined) return undefined;
  const found = [...namesOf(tools, context)].find((tool) => {
    const name = certainClass(tool, context);
    return name !== undefined && name !== mildest;
  });
  return found === undefined ? undefined : quote(found);
}
