import { didYouMean } from "../../../diagnostics/did-you-mean.js";
import type { CheckContext, Rule } from "../../program.js";
import { commission } from "./snippets.js";
import { type Found, listed, quote } from "./support/found.js";
import { stepsOf } from "./support/walk.js";
import { type Validator, validators } from "./support/validators.js";

export const unknownValidator: Rule = {
  code: "check/unknown-validator",
  severity: "error",
  summary: "`expect … from` names scope, grounding, reversibility or discernment",
  why:
    "There are four validators and no others, called by the names of their blocks. A test says by them not only that an action is " +
    "stopped, but for which reason.",
  avoid: commission({
    more: `
      test "private notes stay private" {
        propose notes.read(path: "/notes/private/1.md")
        expect return from permission
      }`,
  }),
  prefer: commission({
    more: `
      test "private notes stay private" {
        propose notes.read(path: "/notes/private/1.md")
        expect return from scope
      }`,
  }),
  *check({ program }: CheckContext): Iterable<Found> {
    for (const { node } of stepsOf(program, "ExpectStep")) {
      for (const { text, span } of node.from) {
        if (validators.includes(text as Validator)) continue;
        const close = didYouMean(text, validators);
        yield {
          message: `unknown validator ${quote(text)}`,
          span,
          label: "not a validator",
          help:
            close === undefined
              ? `the validators are ${listed(validators)}`
              : `did you mean ${quote(close)}?`,
        };
      }
    }
  },
};
