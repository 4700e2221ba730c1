import { html } from "hono/html";
import {
  type Coverage,
  type Direction,
  directionsOf,
  type FileCoverage,
  indexLines,
  type Measured,
  type MeasuredCondition,
  percent,
  type Share,
} from "../../index.js";
import { missingOf, neverText } from "../coverage/text.js";
import { type Html, pageHtml, shown, withCode } from "./page.js";

/** Coverage as a page: a table of the files, and each with its text, counts and marks. `sources` are the texts by file. */
export function coveragePage(coverage: Coverage, sources: ReadonlyMap<string, string>): Promise<string> {
  const { files } = coverage;
  return pageHtml(
    "Coverage of policies by their tests",
    html`<h1>Coverage</h1>
<p class="soft">A statement is exercised once a decision of a test judged it. A condition is exercised in a direction once it had that
value in such a decision, whatever the other conditions were.</p>
<p>${legend}</p>
<div class="scroll"><table class="grid">
<thead><tr><th scope="col">File</th><th scope="col" colspan="2">Statements</th><th scope="col" colspan="2">Directions of conditions</th></tr></thead>
<tbody>${files.map((file, i) => html`<tr><th scope="row"><a href="#f${i}">${shown(file.file)}</a></th>${shares(file)}</tr>`)}</tbody>
<tfoot><tr><th scope="row">All</th>${shares(coverage)}</tr></tfoot>
</table></div>
${files.map((file, i) => fileHtml(file, i, sources.get(file.file)))}`,
  );
}

const legend = html`Behind each condition stands how often it was <span class="mark">T 3</span> true,
<span class="mark">F 1</span> false and, where it can be, <span class="mark">? 1</span> unknown;
<span class="mark never">F never</span> is a direction no test takes.`;

const shares = ({ statements, directions }: { statements: Share; directions: Share }): Html =>
  html`${share(statements)}${share(directions)}`;

const share = (one: Share): Html => html`<td class="num">${one.hit} of ${one.of}</td>
<td class="num"><span class="bar" aria-hidden="true"><span style="width:${percent(one)}%"></span></span> ${percent(one)} %</td>`;

function fileHtml(file: FileCoverage, i: number, text: string | undefined): Html {
  const missing = file.all.flatMap(missingOf);
  return html`<section aria-labelledby="f${i}">
<h2 id="f${i}">${shown(file.file)}</h2>
${
  missing.length === 0
    ? html`<p>Everything is exercised.</p>`
    : html`<details open><summary>${missing.length} not exercised</summary>
<ul class="todo">${missing.map(({ line, text: told }) => html`<li><a href="#f${i}l${line}">line ${line}</a>: ${withCode(told)}</li>`)}</ul></details>`
}
${text === undefined ? listHtml(file, i) : sourceHtml(file, i, text)}
</section>`;
}

// ------------------------------------------------------------------ the text of a file

/** A stretch of one line that a condition covers; `last` where it ends in this line. */
interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly last: boolean;
  readonly condition: MeasuredCondition;
}

function sourceHtml({ all }: FileCoverage, i: number, text: string): Html {
  const index = indexLines(text);
  const lines = Array.from({ length: index.lineCount }, (_, line) => {
    const { start, end } = index.rangeOf(line + 1);
    return text.slice(start, end);
  });
  const stretches = new Map<number, Stretch[]>();
  for (const condition of all.flatMap((one) => one.conditions))
    if (isMarked(condition))
      for (const [line, stretch] of stretchesOf(condition, lines))
        stretches.set(line, [...(stretches.get(line) ?? []), stretch]);
  const byLine = new Map<number, Measured[]>();
  for (const one of all) byLine.set(one.place.line, [...(byLine.get(one.place.line) ?? []), one]);

  const rows = lines.map((code, at) => {
    const line = at + 1;
    const own = byLine.get(line) ?? [];
    const marks = (stretches.get(line) ?? []).sort((a, b) => a.from - b.from || b.to - a.to);
    const times =
      own.length === 0 ? "" : own.map(({ count }) => (count === 0 ? "never" : `${count}×`)).join(" ");
    return html`<tr id="f${i}l${line}" class="${statusOf(own, marks)}"><th scope="row"><a href="#f${i}l${line}">${line}</a></th><td class="times">${times}</td><td class="code">${codeHtml(code, marks)}${own.map(labels)}</td></tr>`;
  });
  return html`<div class="scroll"><table class="src" aria-label="The text with counts"><tbody>${rows}</tbody></table></div>`;
}

/** A condition of parts is told at its statement; what is marked in the text are the parts. */
const isMarked = ({ extent, joins }: MeasuredCondition): boolean => extent !== undefined && !joins;

function* stretchesOf(condition: MeasuredCondition, lines: readonly string[]): Generator<[number, Stretch]> {
  const { extent } = condition;
  if (extent === undefined) return;
  for (let line = extent.line; line <= extent.endLine; line += 1) {
    const code = lines[line - 1] ?? "";
    const from = line === extent.line ? extent.column - 1 : code.length - code.trimStart().length;
    const to = line === extent.endLine ? extent.endColumn - 1 : code.length;
    yield [line, { from, to, last: line === extent.endLine, condition }];
  }
}

/** Stretches lie within one another or apart, as expressions do. */
function codeHtml(code: string, marks: readonly Stretch[], from = 0, to = code.length): Html {
  const pieces: unknown[] = [];
  let at = from;
  for (let i = 0; i < marks.length; ) {
    const mark = marks[i] as Stretch;
    const inner = marks.slice(i + 1).filter((other) => other.from < mark.to);
    const end = Math.min(mark.to, to);
    pieces.push(shown(code.slice(at, mark.from)));
    pieces.push(
      html`<span class="cond ${conditionStatus(mark.condition)}">${codeHtml(code, inner, mark.from, end)}</span>`,
    );
    if (mark.last) pieces.push(countsHtml(mark.condition));
    at = end;
    i += 1 + inner.length;
  }
  pieces.push(shown(code.slice(at, to)));
  return html`${pieces}`;
}

/** What a statement's conditions come to that have no stretch of their own. */
const labels = (statement: Measured): Html =>
  html`${statement.conditions
    .filter((condition) => !isMarked(condition))
    .map(
      (condition) =>
        html`<span class="label">${condition.extent === undefined ? shown(condition.text) : "the whole condition"}</span>${countsHtml(condition)}`,
    )}`;

const letters: { readonly [D in Direction]: string } = { true: "T", false: "F", unknown: "?" };

function countsHtml(condition: MeasuredCondition): Html {
  const directions = directionsOf(condition);
  const told = directions.map((name) => `${name}: ${condition.counts[name] || "never"}`).join(", ");
  return html`<span class="marks" role="img" aria-label="${told}" title="${told}">${directions.map((name) =>
    condition.counts[name] === 0
      ? html`<span class="mark never">${letters[name]} never</span>`
      : html`<span class="mark">${letters[name]} ${condition.counts[name]}</span>`,
  )}</span>`;
}

function conditionStatus(condition: MeasuredCondition): "hit" | "part" | "miss" {
  const taken = directionsOf(condition).filter((name) => condition.counts[name] > 0).length;
  return taken === 0 ? "miss" : taken === directionsOf(condition).length ? "hit" : "part";
}

/** How far a line is exercised: its statements and the conditions in it; of a line with neither nothing. */
function statusOf(statements: readonly Measured[], marks: readonly Stretch[] = []): string {
  const conditions = [...statements.flatMap((one) => one.conditions), ...marks.map((one) => one.condition)];
  if (statements.length === 0 && conditions.length === 0) return "";
  const found = conditions.map(conditionStatus);
  if (
    statements.some(({ count }) => count === 0) ||
    (found.length > 0 && found.every((one) => one === "miss"))
  )
    return "miss";
  return found.every((one) => one === "hit") ? "hit" : "part";
}

/** Of a policy that was built the text is not at hand: its statements alone. */
const listHtml = ({ all }: FileCoverage, i: number): Html =>
  html`<div class="scroll"><table class="src" aria-label="The statements with counts"><tbody>${all.map(
    (one) =>
      html`<tr id="f${i}l${one.place.line}" class="${statusOf([one])}"><th scope="row">${one.place.line}</th><td class="times">${one.count === 0 ? "never" : `${one.count}×`}</td><td class="code">${shown(one.place.text)}${one.conditions.map(
        (condition) =>
          html`<br>  ${shown(condition.text)}${countsHtml(condition)} ${conditionStatus(condition) === "hit" ? "" : neverText(directionsOf(condition).filter((name) => condition.counts[name] === 0))}`,
      )}</td></tr>`,
  )}</tbody></table></div>`;
