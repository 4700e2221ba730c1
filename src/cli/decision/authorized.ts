import { type Decision, formatDuration, visible } from "../../index.js";
import { shortJson } from "./call.js";
import { citation, type Page, paragraph } from "./page.js";

type Undo = Decision["assessments"]["reversibility"]["undo"][number];

/** What covers an authorized action, how sure it is, and how it is undone. */
export function authorizedText(page: Page, decision: Decision, said: number | undefined): string[] {
  const { rules } = decision.assessments.scope;
  const permits = rules.filter((rule) => rule.effect === "permit" && rule.value === "true");
  const first = [...new Map(permits.map((rule) => [rule.layer, rule])).values()];
  return [
    ...first.flatMap((rule) => citation(page, 1, rule)),
    paragraph(page, 1, [...classText(decision), ...confidenceText(decision, said)].join("; ")),
    ...decision.assessments.reversibility.undo.map((undo) => paragraph(page, 1, undoText(undo))),
  ];
}

function classText({ assessments }: Decision): string[] {
  const { class: name } = assessments.reversibility;
  return name === null ? [] : [`class \`${visible(name)}\``];
}

function confidenceText({ assessments }: Decision, said: number | undefined): string[] {
  const { confidence, support, checks } = assessments.grounding;
  const stated = said === undefined ? "no confidence stated" : `confidence ${said}`;
  if (support !== null)
    return [`${stated}${said === confidence ? "" : `, of which ${confidence} counts`}, support ${support}`];
  const unsupported = checks.length === 0 ? "no `ground` line speaks of it" : "no check supports it";
  if (said === undefined || said === confidence) return [`${stated}; ${unsupported}`];
  return [`${stated}, of which ${confidence === 0 ? "none" : confidence} counts: ${unsupported}`];
}

function undoText({ tool, args, within }: Undo): string {
  const told = Object.entries(args).map(([name, how]) => {
    const value =
      "value" in how
        ? shortJson(how.value, 60)
        : "result" in how
          ? `result.${visible(how.result)}`
          : "unknown";
    return `${visible(name)}: ${value}`;
  });
  return `undone by ${visible(tool)}(${told.join(", ")}) within ${formatDuration(within)}`;
}
