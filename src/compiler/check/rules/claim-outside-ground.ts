import type { CheckContext, Rule } from "../../program.js";
import { commission } from "./snippets.js";
import { alreadyFound } from "./support/typed.js";

export const claimOutsideGround: Rule = {
  code: "check/claim-outside-ground",
  severity: "error",
  summary: "claims are read by `ground` lines alone",
  why:
    "A claim is what the agent says of the world. A permit that reads one lets the agent permit itself; a `ground` line sets it " +
    "against a fact, and the confidence of the action against the support.",
  avoid: commission({
    grounding: `
      claim words: int
      ground notes.write on fact claim.words < 1_000`,
    scope: `
      forbid notes.write serving restrain
        when claim.words > 500`,
  }),
  prefer: commission({
    grounding: `
      claim words: int
      ground notes.write on fact claim.words < 1_000`,
    scope: `
      forbid notes.write serving restrain
        when length(body) > 5_000`,
  }),
  check: (context: CheckContext) => alreadyFound(context, "check/claim-outside-ground"),
};
