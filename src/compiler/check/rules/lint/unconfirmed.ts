import type { CheckContext, Rule } from "../../../program.js";
import { commission } from "../snippets.js";
import { chainOf } from "../support/classes.js";
import { type Found, quote } from "../support/found.js";
import { statementsOf } from "../support/walk.js";

export const unconfirmed: Rule = {
  code: "lint/unconfirmed",
  severity: "warning",
  whole: true,
  summary: "what cannot be undone waits for somebody's word",
  why:
    "The gravest class is for what stays done. Where neither it nor a milder class names who confirms, the agent does such things " +
    "alone: a bar of confidence is the agent's own judgement, however calibrated.",
  avoid: commission(
    {},
    {
      reversibility: `
      class read
      class permanent above read confidence 0.9
      treat notes.read as read
      otherwise permanent`,
    },
  ),
  prefer: commission(
    {},
    {
      reversibility: `
      class read
      class permanent above read confidence 0.9 confirm owner
      treat notes.read as read
      otherwise permanent`,
    },
  ),
  *check(context: CheckContext): Iterable<Found> {
    const { program } = context;
    if (program.intentUnit === undefined) return;
    const chain = chainOf(context);
    const gravest = chain.at(-1);
    if (chain.length < 2 || gravest === undefined || chain.some(({ node }) => node.confirm !== undefined))
      return;
    const treated = [...statementsOf(program, "Treat")].find(
      ({ node }) => node.as.text === gravest.name && node.undo === undefined,
    );
    const otherwise = [...statementsOf(program, "Otherwise")].find(
      ({ node }) => node.name.text === gravest.name,
    );
    const use = treated ?? otherwise;
    if (use === undefined) return;
    yield {
      message: `nobody confirms what is of the gravest class, ${quote(gravest.name)}`,
      span: gravest.span,
      label: "is done without anybody's word",
      related: [{ span: use.node.span, text: "so is treated" }],
      help: "write `confirm` and a principal behind the class",
    };
  },
};
