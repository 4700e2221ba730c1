import type { CheckContext, Rule } from "../../program.js";
import { commission } from "./snippets.js";
import { alreadyFound } from "./support/typed.js";

export const claimInFact: Rule = {
  code: "check/claim-in-fact",
  severity: "error",
  summary: "what a fact is asked does not depend on a claim",
  why:
    "Evidence for a claim must not be picked by the claim: an agent that may choose what is asked will ask what confirms it. Facts " +
    "read arguments, givens, `now` and other facts.",
  avoid: commission({
    grounding: `
      source archive is sqlite "./archive.db" trust 0.9
      fact note_count(week: int): int
        from archive "select count(*) from notes where week = :week"
      claim week: int
      ground notes.write on fact note_count(claim.week) > 0`,
  }),
  prefer: commission({
    intent: "given week: int",
    grounding: `
      source archive is sqlite "./archive.db" trust 0.9
      fact note_count(week: int): int
        from archive "select count(*) from notes where week = :week"
      claim week: int
      ground notes.write on fact note_count(given.week) > 0 and claim.week == given.week`,
  }),
  check: (context: CheckContext) => alreadyFound(context, "check/claim-in-fact"),
};
