import type * as Ast from "../../../syntax/ast.js";
import type { CheckContext, Rule } from "../../program.js";
import { commission } from "./snippets.js";
import { type Found, listed, quote } from "./support/found.js";
import { type Validator, validators } from "./support/validators.js";
import { stepsOf } from "./support/walk.js";

/** Who can give a decision (semantics.md, *The decision*); an authorization is stopped by nobody. */
const givers: { readonly [D in Ast.DecisionWord]: readonly Validator[] } = {
  return: ["scope", "grounding", "discernment"],
  clarify: ["scope", "grounding", "reversibility", "discernment"],
  confirm: ["reversibility"],
  authorize: [],
};

export const expectPossible: Rule = {
  code: "check/expect-possible",
  severity: "error",
  summary: "a test expects a decision from validators that can give it",
  why:
    "Scope and grounding return or ask, reversibility holds an action for a confirmation or asks, and discernment asks or refuses. " +
    "A test that expects `confirm` from scope can never pass, and `authorize` comes from nobody: it is what is left when none stops.",
  avoid: commission({
    more: `
      test "a summary is confirmed" {
        propose notes.write(path: "/notes/summaries/1.md", body: "…")
        expect confirm from scope
      }`,
  }),
  prefer: commission({
    more: `
      test "a summary is confirmed" {
        propose notes.write(path: "/notes/summaries/1.md", body: "…")
        expect confirm from reversibility
      }`,
  }),
  *check({ program }: CheckContext): Iterable<Found> {
    for (const { node } of stepsOf(program, "ExpectStep")) {
      const able = givers[node.decision];
      for (const { text, span } of node.from) {
        const validator = validators.find((one) => one === text);
        if (validator === undefined || able.includes(validator)) continue;
        yield {
          message: `${quote(node.decision)} never comes from ${quote(text)}`,
          span,
          label: "cannot give this decision",
          help:
            able.length === 0
              ? "take `from` away: an authorization is what is left when none stops it"
              : `it comes from ${listed(able)}`,
        };
      }
    }
  },
};
