import type { CheckContext, Rule } from "../../program.js";
import { descent } from "./snippets.js";
import { fitsVerb, type Mention, showHeld, stepsOf } from "./support/descent.js";
import { type Found, listed, quote } from "./support/found.js";

export const boundaryContradiction: Rule = {
  code: "check/boundary-contradiction",
  severity: "error",
  summary: "a boundary says one thing of each thing",
  why:
    "A tool that is both granted and withheld would be one or the other by some rule of precedence that the next reader does not " +
    "have in mind. There is none: order has no meaning and a name does not outweigh a star, so what is granted is written out.",
  avoid: descent("root > reader", [
    ["root -> reader", "carries   intent.*, given.*", "grants    notes.*", "withholds notes.write"],
  ]),
  prefer: descent("root > reader", [
    ["root -> reader", "carries   intent.*, given.*", "grants    notes.read", "withholds notes.write"],
  ]),
  *check(context: CheckContext): Iterable<Found> {
    for (const { mentions } of stepsOf(context)) {
      const fitting = mentions.filter(({ verb, held }) => fitsVerb(verb, held));
      for (const [index, mention] of fitting.entries()) {
        const earlier = fitting.slice(0, index).find((other) => contradicts(other, mention));
        if (earlier !== undefined) yield contradiction(mention, earlier);
      }
    }
  },
};

const shared = (a: Mention, b: Mention): string[] => a.things.filter((thing) => b.things.includes(thing));

const contradicts = (a: Mention, b: Mention): boolean => a.verb !== b.verb && shared(a, b).length > 0;

const done = { carries: "carried", withholds: "withheld", grants: "granted", passes: "passed on" } as const;

function contradiction(mention: Mention, earlier: Mention): Found {
  return {
    message: `${listed(shared(earlier, mention))} cannot be both ${done[earlier.verb]} and ${done[mention.verb]}`,
    span: mention.held.span,
    label: done[mention.verb],
    related: [{ span: earlier.held.span, text: done[earlier.verb] }],
    help:
      isPattern(earlier) || isPattern(mention)
        ? writeOut(isPattern(earlier) ? earlier : mention)
        : "keep the one that is meant",
  };
}

const isPattern = ({ held }: Mention): boolean => showHeld(held).endsWith("*");

const writeOut = ({ held }: Mention): string =>
  `a name does not outweigh a star: write out what ${quote(showHeld(held))} stands for, without the exception`;
