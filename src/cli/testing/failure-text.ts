import {
  type Decision,
  decidingRules,
  type Diagnostic,
  type Expectation,
  indexLines,
  type Place,
  type Remedy,
  renderDiagnostic,
  type Span,
  type TestResult,
  visible,
} from "../../index.js";
import { decisionText } from "../decision/text.js";
import { hang, indented } from "../layout.js";
import type { Output } from "../terminal.js";
import type { Tested } from "./tested.js";

/** How a failure is written: wrapped at a width, with or without colours. */
export type Style = Pick<Output, "paint" | "color" | "width">;

/** Why a test failed: what was expected and what came, the lines that decided, and what would satisfy them. */
export function failureText(result: TestResult, tested: Tested, style: Style): string {
  const unmet = result.expectations.filter((one) => !one.met);
  return [
    ...(result.row === undefined ? [] : [hang(`row ${visible(result.row)}`, style.width, "    ", "  ")]),
    ...unmet.map((one) => unmetText(one, tested, style)),
    ...(result.problem === undefined ? [] : [problemText(result, tested, style)]),
  ].join("\n");
}

/** `expected clarify from scope, got return from scope`. */
export const unmetSentence = ({ wanted, got }: Expectation): string =>
  visible(`expected ${wanted}, got ${got}`);

/** Why a test could not be run to its end. */
export const problemSentence = (problem: string): string =>
  `could not be run to its end: ${visible(problem)}`;

/** What makes a test fail, in a line for each. */
export function sentencesOf({ expectations, problem }: TestResult): string[] {
  return [
    ...expectations.filter((one) => !one.met).map(unmetSentence),
    ...(problem === undefined ? [] : [problemSentence(problem)]),
  ];
}

function unmetText(one: Expectation, tested: Tested, style: Style): string {
  const { policy } = tested.loaded;
  const page = { policy: policy as NonNullable<typeof policy>, paint: style.paint, width: style.width - 4 };
  const decision = decisionText({ ...page, session: undefined }, one.proposal, one.actual, "");
  return [
    hang(unmetSentence(one), style.width, "  "),
    ...frame(one.place, `got ${one.got}`, decidingLines(one.actual, tested), tested, style),
    indented(decision.trimEnd(), "    "),
  ].join("\n");
}

function problemText({ problem, problemPlace }: TestResult, tested: Tested, style: Style): string {
  return [
    hang(problemSentence(problem ?? ""), style.width, "  "),
    ...frame(problemPlace, "", [], tested, style),
  ].join("\n");
}

interface Line {
  readonly span: Span;
  readonly text: string;
}

/** A step of a test in its file, and the lines of the policy that decided; nothing where the text is not at hand. */
function frame(
  place: Place | undefined,
  label: string,
  related: readonly Line[],
  { loaded }: Tested,
  style: Style,
): string[] {
  const span = place === undefined ? undefined : spanOf(place, loaded.sources);
  if (span === undefined) return [];
  const diagnostic: Diagnostic = { code: "test/unmet", severity: "error", message: "", span, label, related };
  const [, ...lines] = renderDiagnostic(diagnostic, (file) => loaded.sources.get(file), style).split("\n");
  return [indented(lines.join("\n"), "   ")];
}

/** How many deciding lines are shown. */
const mostLines = 4;

function decidingLines(decision: Decision, { loaded }: Tested): Line[] {
  const spans = loaded.policy?.spans ?? {};
  return decidingRules(decision)
    .slice(0, mostLines)
    .flatMap((id) => {
      const place = Object.hasOwn(spans, id) ? spans[id]?.[0] : undefined;
      const span = place === undefined ? undefined : spanOf(place, loaded.sources);
      return span === undefined ? [] : [{ span, text: said(decision, id) }];
    });
}

/** What a rule says to a decision, in a few words. */
function said({ decision, remedies }: Decision, id: string): string {
  const remedy = remedies.find((one) => one.rule === id);
  if (remedy?.fails !== undefined && remedy.fails.length > 0)
    return `does not hold: ${remedy.fails.map((part) => `\`${part}\``).join(", ")}`;
  if (decision === "authorize") return "applies";
  return remedy === undefined ? "decides" : words[remedy.kind];
}

const words: { readonly [K in Remedy["kind"]]: string } = {
  "narrow-action": "applies",
  wait: "cannot be told: a source is silent",
  "respecify-intent": "does not let it pass",
  "provide-evidence": "is not borne out",
  "lower-confidence": "is claimed too surely",
  "answer-question": "is asked about",
  "obtain-confirmation": "asks for a yes",
};

/** Where a place is in its text, to the end of what is quoted there. */
function spanOf({ file, line, column, text }: Place, sources: ReadonlyMap<string, string>): Span | undefined {
  const source = sources.get(file);
  if (source === undefined) return undefined;
  const lines = indexLines(source);
  const start = lines.rangeOf(line).start + column - 1;
  return { file, start, end: endOf(lines.text, start, text) };
}

/** A quotation has its white space folded, and may be cut; a comment within the statement ends it. */
function endOf(source: string, start: number, quotation: string): number {
  let at = start;
  let end = start;
  for (const character of quotation.replaceAll(" ", "")) {
    while (/\s/.test(source.charAt(at))) at += 1;
    if (!source.startsWith(character, at)) break;
    at += character.length;
    end = at;
  }
  return end;
}
