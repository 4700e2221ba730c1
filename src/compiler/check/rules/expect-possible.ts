import type * as Ast from "../../../syntax/ast.js";
import { findings, remedyKinds } from "../../../ir/decision.js";
import { didYouMean } from "../../../diagnostics/did-you-mean.js";
import type { CheckContext, Program, Rule } from "../../program.js";
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
  summary: "a test expects what can come: a decision from validators that give it, a finding, a remedy",
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
    yield* impossibleFindings(program);
    yield* unknownRemedies(program);
    for (const { node } of stepsOf(program, "ExpectStep")) {
      if (typeof node.decision !== "string") continue;
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

function* impossibleFindings(program: Program): Generator<Found> {
  for (const { node } of stepsOf(program, "ExpectFindingStep")) {
    const { text, span } = node.finding;
    const possible: readonly string[] = findings[node.validator.text as Validator];
    if (possible.includes(text)) continue;
    const meant = didYouMean(text, possible);
    yield {
      message: `${node.validator.text} never finds ${quote(text)}`,
      span,
      label: "not a finding of it",
      help: meant === undefined ? `it finds ${listed(possible)}` : `did you mean ${quote(meant)}?`,
    };
  }
}

function* unknownRemedies(program: Program): Generator<Found> {
  for (const { node } of stepsOf(program, "ExpectRemedyStep")) {
    const { text, span } = node.remedy;
    if (remedyKinds.some((kind) => kind === text)) continue;
    const meant = didYouMean(text, remedyKinds);
    yield {
      message: `there is no remedy ${quote(text)}`,
      span,
      label: "not a remedy",
      help: meant === undefined ? `there are ${listed(remedyKinds)}` : `did you mean ${quote(meant)}?`,
    };
  }
}
