import pc from "picocolors";
import type { Diagnostic, Severity, Span } from "./diagnostic.js";
import { beginningOf, excerptsOf, type Mark, type PlacedMark } from "./excerpt.js";
import { indexLines, type LineIndex, type LineRange } from "./lines.js";
import { visible } from "./visible.js";

/** The text of a source file, or undefined when it is not at hand. */
export type GetSource = (file: string) => string | undefined;

export interface RenderOptions {
  readonly color: boolean;
}

/** A diagnostic as text for a person: title, place, the source with what to look at underlined, and what to do next. */
export function renderDiagnostic(
  diagnostic: Diagnostic,
  getSource: GetSource,
  options: RenderOptions,
): string {
  return renderDiagnostics([diagnostic], getSource, options);
}

/** Several diagnostics as text, an empty line between them. Each source is read and split into lines only once. */
export function renderDiagnostics(
  diagnostics: readonly Diagnostic[],
  getSource: GetSource,
  options: RenderOptions,
): string {
  const linesOf = rememberLines(getSource);
  return diagnostics.map((diagnostic) => renderOne(diagnostic, linesOf, options.color)).join("\n\n");
}

type LinesOf = (file: string) => LineIndex | undefined;

function rememberLines(getSource: GetSource): LinesOf {
  const known = new Map<string, LineIndex | undefined>();
  return (file) => {
    if (!known.has(file)) {
      const source = getSource(file);
      known.set(file, source === undefined ? undefined : indexLines(source));
    }
    return known.get(file);
  };
}

function renderOne(diagnostic: Diagnostic, linesOf: LinesOf, color: boolean): string {
  const frames = groupByFile(pointersOf(diagnostic)).map((pointers) => frameOf(pointers, linesOf));
  const page = pageFor(diagnostic, frames, color);
  const [primary, ...others] = frames;

  return [
    page.primary(`${diagnostic.severity}[${diagnostic.code}]`) +
      page.title(`: ${visible(diagnostic.message)}`),
    ...(primary ? renderFrame(primary, "-->", page) : []),
    ...others.flatMap((frame) => renderFrame(frame, ":::", page)),
    ...renderAdvice("help", diagnostic.help, page),
    ...renderAdvice("fix", diagnostic.fix?.title, page),
  ].join("\n");
}

/** A place to show: the primary span or a related one. */
interface Pointer {
  readonly span: Span;
  readonly text: string;
  readonly primary: boolean;
}

function pointersOf({ span, label, related = [] }: Diagnostic): Pointer[] {
  return [
    { span, text: label ?? "", primary: true },
    ...related.map((other) => ({ ...other, primary: false })),
  ];
}

/** The file of the primary span comes first, the others in the order in which they are named. */
function groupByFile(pointers: readonly Pointer[]): (readonly [Pointer, ...Pointer[]])[] {
  const groups = new Map<string, [Pointer, ...Pointer[]]>();
  for (const pointer of pointers) {
    const group = groups.get(pointer.span.file);
    if (group) group.push(pointer);
    else groups.set(pointer.span.file, [pointer]);
  }
  return [...groups.values()];
}

/** What to show of one file: its marked lines in order. */
interface Frame {
  readonly pointers: readonly [Pointer, ...Pointer[]];
  readonly lines: LineIndex | undefined;
  readonly marked: readonly MarkedLine[];
}

interface MarkedLine {
  readonly number: number;
  readonly marks: Mark[];
}

function frameOf(pointers: readonly [Pointer, ...Pointer[]], linesOf: LinesOf): Frame {
  const lines = linesOf(pointers[0].span.file);
  return { pointers, lines, marked: lines ? markedLines(pointers, lines) : [] };
}

function markedLines(pointers: readonly Pointer[], lines: LineIndex): MarkedLine[] {
  const byNumber = new Map<number, MarkedLine>();
  for (const { number, marks } of pointers.flatMap((pointer) => marksOf(pointer, lines))) {
    const known = byNumber.get(number);
    if (known) known.marks.push(...marks);
    else byNumber.set(number, { number, marks: [...marks] });
  }
  return [...byNumber.values()].sort((a, b) => a.number - b.number);
}

/** A span on one line gets one mark; a longer one gets a mark on its first and, with the text, on its last line. */
function marksOf({ span, text, primary }: Pointer, lines: LineIndex): MarkedLine[] {
  const from = lines.positionAt(span.start);
  // The last character inside the span, so that a span that includes a line ending does not reach into the next line.
  const to = lines.positionAt(Math.max(span.start, span.end - 1));
  const start = from.column - 1;
  const end = span.end > span.start ? to.column : start;
  if (from.line === to.line) return [{ number: from.line, marks: [{ start, end, primary, text }] }];

  const first = lines.rangeOf(from.line);
  const lastStart = Math.min(indentOf(lines.text, lines.rangeOf(to.line)), end - 1);
  return [
    { number: from.line, marks: [{ start, end: first.end - first.start, primary, text: "" }] },
    { number: to.line, marks: [{ start: lastStart, end, primary, text }] },
  ];
}

function indentOf(text: string, { start, end }: LineRange): number {
  let at = start;
  while (at < end && (text[at] === " " || text[at] === "\t")) at += 1;
  return at - start;
}

type Paint = (text: string) => string;

/** How one diagnostic is drawn: the width of its line numbers and its colours. */
interface Page {
  readonly digits: number;
  readonly title: Paint;
  readonly primary: Paint;
  readonly secondary: Paint;
  readonly advice: Paint;
  readonly margin: Paint;
}

function pageFor({ severity }: Diagnostic, frames: readonly Frame[], color: boolean): Page {
  const c = pc.createColors(color);
  const lastNumber = Math.max(1, ...frames.flatMap((frame) => frame.marked.map((line) => line.number)));
  return {
    digits: lastNumber.toString().length,
    title: c.bold,
    primary: (text) => c.bold(severityPaint(severity, c)(text)),
    secondary: c.cyan,
    advice: (text) => c.bold(c.cyan(text)),
    margin: c.blue,
  };
}

/** The colour of a severity, wherever it is shown. */
export function severityPaint(severity: Severity, colors: ReturnType<typeof pc.createColors>): Paint {
  return { error: colors.red, warning: colors.yellow, hint: colors.cyan }[severity];
}

/** What stands left of the text: a line number or nothing, and a sign. */
function margin(page: Page, sign: string, number?: number): string {
  return page.margin((number?.toString() ?? "").padStart(page.digits) + sign);
}

function renderFrame(frame: Frame, arrow: string, page: Page): string[] {
  const { file, start } = frame.pointers[0].span;
  const heading = `${margin(page, arrow)} ${visible(file)}`;
  if (!frame.lines) return [heading, ...renderWithoutSource(frame, page)];

  const { line, column } = frame.lines.positionAt(start);
  const bar = margin(page, " |");
  return [`${heading}:${line}:${column}`, bar, ...renderLines(frame.marked, frame.lines, page), bar];
}

function renderWithoutSource(frame: Frame, page: Page): string[] {
  return frame.pointers
    .filter((pointer) => pointer.text !== "")
    .map((pointer) => `${margin(page, " =")} ${visible(pointer.text)}`);
}

function renderLines(marked: readonly MarkedLine[], lines: LineIndex, page: Page): string[] {
  return marked.flatMap((line, index) => [
    ...renderGap(marked[index - 1]?.number ?? line.number, line.number, lines, page),
    ...renderLine(line, lines, page),
  ]);
}

/** Between two shown lines: a single line is shown too, for it takes no more room than the sign that lines are left out. */
function renderGap(previous: number, next: number, lines: LineIndex, page: Page): string[] {
  if (next - previous < 2) return [];
  if (next - previous > 2) return [margin(page, "...")];
  const number = previous + 1;
  return [sourceLine(number, beginningOf(lines.text, lines.rangeOf(number)), page)];
}

function renderLine({ number, marks }: MarkedLine, lines: LineIndex, page: Page): string[] {
  return excerptsOf(lines.text, lines.rangeOf(number), marks).flatMap((excerpt) => [
    sourceLine(number, excerpt.text, page),
    ...excerpt.marks.map((mark) => underline(mark, page)),
  ]);
}

function sourceLine(number: number, text: string, page: Page): string {
  return `${margin(page, " |", number)} ${text}`.trimEnd();
}

function underline(mark: PlacedMark, page: Page): string {
  const paint = mark.primary ? page.primary : page.secondary;
  const line = (mark.primary ? "^" : "-").repeat(mark.width);
  const text = mark.text === "" ? "" : ` ${visible(mark.text)}`;
  return `${margin(page, " |")} ${" ".repeat(mark.indent)}${paint(line + text)}`;
}

/** Advice may be several lines long; those after the first stand under the text of the first. */
function renderAdvice(title: string, text: string | undefined, page: Page): string[] {
  if (text === undefined || text === "") return [];
  const [first = "", ...rest] = text.split(/\r\n?|\n/).map(visible);
  const indent = " ".repeat(title.length + 2);
  return [`${page.advice(`${title}:`)} ${first}`, ...rest.map((line) => (indent + line).trimEnd())];
}
