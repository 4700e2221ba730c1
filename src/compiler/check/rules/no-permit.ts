import type { CheckContext, Rule } from "../../program.js";
import type { Found } from "./support/found.js";
import { declarationsIn, statementsIn } from "./support/walk.js";
import { isBroken } from "./support/whole.js";

export const noPermit: Rule = {
  code: "check/no-permit",
  severity: "error",
  summary: "a scope block permits something",
  why:
    "What no permit covers is outside, in every layer that writes a scope block. A block with forbids and limits alone therefore " +
    "stops every action, which is seldom meant. A layer that only takes away from what others permit says so with `permit *`: " +
    "it cannot widen anything, for the other layers still decide for themselves.",
  avoid: `policy notes.rules

tool email.send(to: list<email>, body: string)

scope {
  forbid email.send
    when count(to) > 5
}
`,
  prefer: `policy notes.rules

tool email.send(to: list<email>, body: string)

scope {
  permit *
  forbid email.send
    when count(to) > 5
}
`,
  *check(context: CheckContext): Iterable<Found> {
    for (const unit of context.program.units) {
      const blocks = declarationsIn(unit, "Scope");
      const [node] = blocks;
      if (node === undefined || blocks.some((block) => isBroken(context.program, block))) continue;
      if ([...statementsIn(unit, "Permit")].some(({ effect }) => effect === "permit")) continue;
      yield {
        message: "this scope block permits nothing, so every action is outside",
        span: { ...node.span, end: node.span.start + "scope".length },
        label: "has no permit",
        help: "write `permit *` if this layer only takes away from what others permit, else say what is permitted",
      };
    }
  },
};
