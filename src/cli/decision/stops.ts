import { type Decision, type Remedy, validatorNames, visible } from "../../index.js";
import { citation, citedFrom, headings, type Page, paragraph, type Validator } from "./page.js";

/** How many remedies of one validator are told. */
const mostRemedies = 4;

/** What stops a decision: each validator that does, with its lines and what would satisfy it; then what else would. */
export function stopsText(page: Page, decision: Decision): string[] {
  const { stoppedBy } = decision;
  return [
    ...stoppedBy.flatMap((validator) => stopText(page, decision, validator)),
    ...besides(page, decision),
  ];
}

function stopText(page: Page, decision: Decision, validator: Validator): string[] {
  const { remedies } = decision;
  const told = remedies.filter((remedy) => remedy.validator === validator && !isEcho(decision, remedy));
  const more = told.length - mostRemedies;
  return [
    paragraph(page, 1, `${page.paint.bold(headings[validator])}: ${findingText(page, decision, validator)}`),
    ...told.slice(0, mostRemedies).flatMap((remedy) => remedyText(page, decision, remedy)),
    ...(more > 0 ? [paragraph(page, 2, page.paint.dim(`and ${more} more`))] : []),
  ];
}

/** The finding, and the figures it comes from. */
function findingText(page: Page, { assessments }: Decision, validator: Validator): string {
  const { discernment, reversibility } = assessments;
  switch (validator) {
    case "scope":
    case "grounding":
      return assessments[validator].finding;
    case "reversibility":
      return reversibility.finding === "held"
        ? `held ${heldText(page, assessments)}`
        : `indeterminate${spanText(assessments)}`;
    case "discernment":
      return discernment.finding === "ambiguous"
        ? `ambiguous (${discernment.ambiguity}, and no more than ${discernment.threshold} passes)`
        : discernment.finding;
  }
}

/** Why a class holds an action back, as far as the policy and the decision tell. */
function heldText({ policy }: Page, { reversibility, grounding }: Decision["assessments"]): string {
  const { mildest } = reversibility;
  const name = mildest ?? reversibility.class ?? "";
  const place = policy.classes.findIndex((one) => one.name === name);
  const asked = policy.classes.slice(0, place + 1);
  const bar = Math.max(0, ...asked.map((one) => one.confidence ?? 0));
  const reasons = [
    ...asked.flatMap((one) =>
      one.confirm === undefined ? [] : [`\`${one.name}\` asks for \`${one.confirm}\`'s word`],
    ),
    ...(bar > grounding.confidence
      ? [`a confidence of ${grounding.confidence} counts, below the ${bar} it takes`]
      : []),
  ];
  return `as \`${visible(name)}\`${reasons.length === 0 ? ", whose limit is used up" : `: ${reasons.join("; ")}`}`;
}

function spanText({ reversibility }: Decision["assessments"]): string {
  const { mildest, class: gravest } = reversibility;
  return mildest === null || gravest === null
    ? ""
    : `: between \`${visible(mildest)}\` and \`${visible(gravest)}\``;
}

function remedyText(page: Page, { decision, assessments }: Decision, remedy: Remedy): string[] {
  const cited = citation(page, 2, citedOf(page, assessments, remedy));
  // Who confirms, and how, is told at the end of a decision that waits for nothing else.
  return decision === "confirm" ? cited : [...cited, paragraph(page, 2, visible(remedy.satisfy), "→ ")];
}

/** What no `treat` line decided, `otherwise` did. */
function citedOf(
  page: Page,
  { reversibility }: Decision["assessments"],
  remedy: Remedy,
): Remedy | ReturnType<typeof citedFrom> {
  const isOtherwise =
    remedy.validator === "reversibility" && remedy.at === undefined && reversibility.finding === "held";
  return isOtherwise ? citedFrom(page, "otherwise") : remedy;
}

/** Discernment repeats what the others could not decide: beside those there is nothing new in it. */
function isEcho({ stoppedBy }: Decision, remedy: Remedy): boolean {
  return (
    remedy.validator === "discernment" &&
    remedy.kind === "answer-question" &&
    remedy.at === undefined &&
    stoppedBy.length > 1
  );
}

/** What would still stop it, once this is settled. */
function besides(page: Page, { assessments, stoppedBy, remedies }: Decision): string[] {
  const others = validatorNames.filter(
    (validator) =>
      !stoppedBy.includes(validator) && remedies.some((remedy) => remedy.validator === validator),
  );
  if (others.length === 0) return [];
  const told = others
    .map((validator) => `${headings[validator]} ${assessments[validator].finding}`)
    .join(", ");
  return [paragraph(page, 1, page.paint.dim(`besides: ${told}`))];
}
