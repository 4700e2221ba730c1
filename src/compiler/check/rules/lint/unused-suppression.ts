import type { CheckContext, Rule, RuleRun, Unit } from "../../../program.js";
import { isSuppressible, suppresses, type Suppression, suppressionsOf } from "../../suppressions.js";
import { commission } from "../snippets.js";
import { removal } from "../support/edits.js";
import { type Found, quote } from "../support/found.js";

const policy = (serving: string): string =>
  commission({
    scope: `
      // reshimu-allow lint/serves-nothing: what is public may be read for any purpose
      permit notes.read${serving}
        when path within "/public"`,
  });

export const unusedSuppression: Rule = {
  code: "lint/unused-suppression",
  severity: "warning",
  whole: true,
  summary: "a comment that allows a lint takes a report away",
  why:
    "What was allowed has been put right, or has moved away from its comment. Left standing, the comment would one day hide a slip that " +
    "nobody has looked at.",
  avoid: policy(" serving read"),
  prefer: policy(""),
  *check({ program }: CheckContext, { codes, found }: RuleRun): Iterable<Found> {
    const { entry } = program;
    // A base is judged whole only together with what extends it, which is not at hand.
    if (program.intentUnit === undefined) return;
    for (const one of suppressionsOf(entry)) {
      if (one.reason === "" || !isSuppressible(one.code) || !codes.has(one.code)) continue;
      if (!found.some((report) => suppresses(one, report))) yield unused(entry, one);
    }
  },
};

const unused = ({ source }: Unit, { span, code }: Suppression): Found => ({
  message: `there is nothing here that ${quote(code)} would report`,
  span,
  label: "takes nothing away",
  help: "take the comment away, or set it on the line before what it is about",
  fix: { title: "take the comment away", edits: [removal(source.text, span)] },
});
