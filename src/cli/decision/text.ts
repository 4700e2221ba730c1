import {
  type Decision,
  type DecisionWord,
  didYouMean,
  type Explanation,
  type Json,
  type Proposal,
  visible,
} from "../../index.js";
import { confirmationText, questionsText } from "./answers.js";
import { authorizedText } from "./authorized.js";
import { explanationText } from "./explained.js";
import { callText, isRecord } from "./call.js";
import { columnsOf, hang } from "../layout.js";
import { type Page, paragraph } from "./page.js";
import { stopsText } from "./stops.js";

/** A decision for a person: the verdict, the lines of the policy it comes from, and what to do next. */
export function decisionText(
  page: Page,
  given: Json | Proposal,
  decision: Decision,
  place: string,
  explanation: Explanation = [],
): string {
  const proposal = given as Json;
  const head = hang(`${verdict(page, decision.decision)} ${callText(proposal)}`, page.width, "  ", "");
  return `${[withPlace(page, head, place), ...bodyText(page, proposal, decision), ...explanationText(page, explanation)].join("\n")}\n`;
}

/** Behind the last line where there is room, else below it: `line 3` stays together. */
function withPlace({ paint, width }: Page, head: string, place: string): string {
  if (place === "") return head;
  const last = columnsOf(head.slice(head.lastIndexOf("\n") + 1));
  return `${head}${last + 2 + columnsOf(place) <= width ? "" : "\n"}${paint.dim(`  ${place}`)}`;
}

function bodyText(page: Page, proposal: Json, decision: Decision): string[] {
  switch (decision.decision) {
    case "authorize":
      return authorizedText(page, decision, confidenceOf(proposal));
    case "confirm":
      return [...stopsText(page, decision), ...confirmationText(page, decision)];
    case "clarify":
      return [...stopsText(page, decision), ...questionsText(page, decision)];
    case "return":
      return [...stopsText(page, decision), ...nearestTool(page, proposal)];
  }
}

/** A tool that is not declared is most likely another one, mistyped. */
function nearestTool(page: Page, proposal: Json): string[] {
  const { tool } = isRecord(proposal) ? proposal : {};
  const declared = page.policy.tools.map(({ name }) => name);
  if (typeof tool !== "string" || declared.includes(tool)) return [];
  const near = didYouMean(tool, declared);
  return near === undefined ? [] : [paragraph(page, 2, `did you mean \`${visible(near)}\`?`)];
}

/** The decision's word in its colour. */
export function verdict({ paint }: Pick<Page, "paint">, word: DecisionWord): string {
  const colors = {
    authorize: paint.green,
    confirm: paint.yellow,
    clarify: paint.blue,
    return: paint.red,
  } as const;
  return paint.bold(colors[word](word));
}

function confidenceOf(proposal: Json): number | undefined {
  return isRecord(proposal) && typeof proposal.confidence === "number" ? proposal.confidence : undefined;
}
