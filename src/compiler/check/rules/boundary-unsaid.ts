import type { CheckContext, Rule } from "../../program.js";
import { descent } from "./snippets.js";
import { stepsOf, thingsHeld } from "./support/descent.js";
import { type Found, listed, quote } from "./support/found.js";
import { allWhole, isBroken } from "./support/whole.js";

export const boundaryUnsaid: Rule = {
  code: "check/boundary-unsaid",
  severity: "error",
  summary: "a boundary says of all that its upper tier holds whether the lower one gets it",
  why:
    "What a boundary does not mention is nobody's choice: a given that is simply forgotten is missing when the worker has to decide, " +
    "and nobody can tell whether that was meant. Each bullet and given is carried or withheld, each tool granted, passed or withheld.",
  avoid: descent("root > reader", [["root -> reader", "carries intent.*, given.*", "grants  notes.read"]]),
  prefer: descent("root > reader", [
    ["root -> reader", "carries   intent.*, given.*", "grants    notes.read", "withholds notes.write"],
  ]),
  *check(context: CheckContext): Iterable<Found> {
    if (!allWhole(context)) return;
    for (const { upper, boundary, mentions } of stepsOf(context)) {
      if (isBroken(context.program, boundary)) continue;
      const said = new Set(mentions.flatMap((mention) => mention.things));
      const unsaid = [...thingsHeld(upper)].filter((thing) => !said.has(thing));
      if (unsaid.length === 0) continue;
      const [from, to] = [boundary.from.text, boundary.to.text];
      yield {
        message: `boundary ${quote(`${from} -> ${to}`)} does not say whether ${quote(to)} gets ${listed(unsaid)}`,
        span: { ...boundary.from.span, end: boundary.to.span.end },
        label: "leaves something unsaid",
        help: helpFor(unsaid),
      };
    }
  },
};

function helpFor(unsaid: readonly string[]): string {
  const isKnowledge = (thing: string) => /^(?:intent|given)\./.test(thing);
  const words = [
    ...(unsaid.some(isKnowledge) ? ["`carries`"] : []),
    ...(unsaid.every(isKnowledge) ? [] : ["`grants`", "`passes`"]),
  ];
  const { length } = unsaid;
  return `name ${length === 1 ? "it" : "each"} behind ${words.join(", ")} or \`withholds\``;
}
