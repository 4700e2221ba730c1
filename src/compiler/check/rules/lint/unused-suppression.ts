import type { Diagnostic } from "../../../../diagnostics/diagnostic.js";
import { indexLines } from "../../../../diagnostics/lines.js";
import type { CheckContext, Rule, RuleRun, Unit } from "../../../program.js";
import {
  isSuppressed,
  isSuppressible,
  suppresses,
  type Suppression,
  suppressionsOf,
} from "../../suppressions.js";
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
    const all = suppressionsOf(entry);
    for (const one of all) {
      if (one.reason === "" || !isSuppressible(one.code) || !codes.has(one.code)) continue;
      if (found.some((report) => suppresses(one, report))) continue;
      const meant = found.find((report) => isMeant(entry, one, report) && !isSuppressed(report, all));
      yield meant === undefined ? unused(entry, one) : misplaced(entry, one, meant);
    }
  },
};

/** Whether a report stands in the declaration in or above which a comment stands, which does not reach it there. */
function isMeant({ document }: Unit, { code, span }: Suppression, report: Diagnostic): boolean {
  const around = document.declarations.find((declaration) => span.start < declaration.span.end)?.span;
  return (
    around !== undefined &&
    report.code === code &&
    report.span.file === span.file &&
    around.start <= report.span.start &&
    report.span.start < around.end
  );
}

const reach = "it counts for its own line, or for the statement that begins on the next one";

/** Its reason may still hold: it is to be moved, not taken away. */
function misplaced({ source }: Unit, { span, code }: Suppression, report: Diagnostic): Found {
  const { line } = indexLines(source.text).positionAt(report.span.start);
  return {
    message: `${quote(code)} is reported in line ${line}, which this comment does not reach`,
    span,
    label: "takes nothing away",
    related: [{ span: report.span, text: "what it seems to be about" }],
    help: `move the comment to the line before line ${line}: ${reach}`,
  };
}

const unused = ({ source }: Unit, { span, code }: Suppression): Found => ({
  message: `there is nothing here that ${quote(code)} would report`,
  span,
  label: "takes nothing away",
  help: `take the comment away, or move it: ${reach}`,
  fix: { title: "take the comment away", edits: [removal(source.text, span)] },
});
