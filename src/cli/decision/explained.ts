import { type Explanation, visible, visibleWidth } from "../../index.js";
import { shortened, shortJson } from "./call.js";
import { headings, type Page, paragraph } from "./page.js";

type Statement = Explanation[number]["statements"][number];
type Condition = Statement["conditions"][number];
type Part = Condition["parts"][number];

/** So much of one value is shown beneath a condition. */
const longestValue = 40;

/** How the conditions were evaluated that decide: each of their lines with the values beneath it. */
export function explanationText(page: Page, explanation: Explanation): string[] {
  return explanation.flatMap(({ validator, finding, statements }) =>
    statements.length === 0
      ? []
      : [
          paragraph(page, 1, `how ${page.paint.bold(headings[validator])} came to ${finding}:`),
          ...statements.flatMap((statement) => statementText(page, statement)),
        ],
  );
}

function statementText(page: Page, statement: Statement): string[] {
  const { at, effect, conditions } = statement;
  const place = at === undefined ? "" : `${page.paint.cyan(visible(at))} `;
  const told = `${place}${visible(effect)} is ${truthText(page, statement)}`;
  return [
    paragraph(page, 2, `${told}${conditions.length === 0 ? ", under no condition" : ""}`),
    ...conditions.flatMap((condition) => conditionText(page, condition)),
  ];
}

function truthText(page: Page, { effect, value, unruled, used, limit }: Statement): string {
  const truth = effect === "limit" ? { true: "passed", false: "kept", unknown: "unknown" }[value] : value;
  const ruled = unruled === undefined ? "" : `, as a principal ruled; by itself ${unruled}`;
  const state = limit === undefined ? "" : ` (${used ?? "nobody knows how many"} of ${limit} used before)`;
  return `${paintValue(page, truth, value)}${state}${ruled}`;
}

// ------------------------------------------------------------------ values beneath a line

/** A value and the column it stands in. */
interface Hung {
  readonly column: number;
  readonly text: string;
  readonly part: Part;
}

function conditionText(page: Page, { text, line, parts }: Condition): string[] {
  const all = flattened(parts);
  const numbers = `${line + text.split(/\r\n?|\n/).length - 1}`.length;
  const gutter = (number = ""): string => `      ${page.paint.dim(`${number.padStart(numbers)} |`)} `;
  const room = page.width - numbers - 9;
  const shown = linesIn(text).flatMap(({ start, end }, i) => {
    const own = all.filter(({ anchor }) => anchor >= start && anchor < end);
    const source = text.slice(start, end);
    const hung = own.map((part) => hang(part, source, start)).sort((a, b) => a.column - b.column);
    const isWide = hung.some(({ column, text: value }) => column + visibleWidth(value) > room);
    return [
      `${gutter(`${line + i}`)}${visible(source)}`,
      ...(isWide ? listed(text, own) : rowsOf(page, hung)).map((row) => `${gutter()}${row}`.trimEnd()),
    ];
  });
  return [...shown, ...reasons(page, text, all)];
}

const flattened = (parts: readonly Part[]): Part[] =>
  parts.flatMap((part) => [part, ...flattened(part.parts)]);

function linesIn(text: string): { start: number; end: number }[] {
  const lines: { start: number; end: number }[] = [];
  let start = 0;
  for (const ending of text.matchAll(/\r\n?|\n/g)) {
    lines.push({ start, end: ending.index });
    start = ending.index + ending[0].length;
  }
  return [...lines, { start, end: text.length }];
}

const hang = (part: Part, source: string, start: number): Hung => ({
  column: visibleWidth(source.slice(0, part.anchor - start)),
  text: valueText(part),
  part,
});

/** A value as JSON, so that text stands in quotes, without anything that could steer a terminal, and never long. */
function valueText({ state, value, cut, element }: Part): string {
  const json =
    cut === undefined ? shortJson(value ?? null, longestValue) : shortened(visible(cut), longestValue);
  const told = state === "known" ? json : state;
  return element === undefined || element.count === 1
    ? told
    : `${told} (${visible(element.variable)}: ${element.place} of ${element.count})`;
}

/** Bars beneath the columns, and from right to left the values at their ends. */
function rowsOf(page: Page, hung: readonly Hung[]): string[] {
  if (hung.length === 0) return [];
  const rows = [barsAt(page, hung)];
  let left = [...hung];
  while (left.length > 0) {
    const row: Hung[] = [];
    let before = Number.POSITIVE_INFINITY;
    for (let one = left.at(-1); one !== undefined; one = left.at(-1)) {
      if (one.column + visibleWidth(one.text) + 1 > before) break;
      row.unshift(one);
      before = one.column;
      left = left.slice(0, -1);
    }
    rows.push(rowOf(page, left, row));
  }
  return rows;
}

const barsAt = (page: Page, hung: readonly Hung[]): string => rowOf(page, hung, []);

function rowOf(page: Page, bars: readonly Hung[], values: readonly Hung[]): string {
  let width = 0;
  let row = "";
  const put = (column: number, text: string, painted: string): void => {
    if (column < width) return;
    row += " ".repeat(column - width) + painted;
    width = column + visibleWidth(text);
  };
  for (const { column } of bars) put(column, "|", page.paint.dim("|"));
  for (const { column, text, part } of values) put(column, text, paintPart(page, text, part));
  return row;
}

const paintPart = (page: Page, text: string, { state, value }: Part): string =>
  paintValue(
    page,
    text,
    state === "unknown" ? "unknown" : value === true ? "true" : value === false ? "false" : "other",
  );

function paintValue({ paint }: Page, text: string, value: "true" | "false" | "unknown" | "other"): string {
  return { true: paint.green, false: paint.red, unknown: paint.yellow, other: paint.cyan }[value](text);
}

/** Where a line has no room for values beneath it, each sub-expression is told with its own. */
const listed = (text: string, parts: readonly Part[]): string[] =>
  parts.map((part) => `${quoted(text, part)} is ${valueText(part)}`);

const quoted = (text: string, { from, to }: Part): string => {
  const own = visible(text.slice(from, to).replace(/\s+/g, " "));
  return `\`${shortened(own, longestValue)}\``;
};

function reasons(page: Page, text: string, parts: readonly Part[]): string[] {
  return parts.flatMap((part) =>
    (part.why ?? []).map((reason) =>
      paragraph(page, 3, `${quoted(text, part)} is unknown: ${visible(reason)}`),
    ),
  );
}
