import { didYouMean } from "../diagnostics/did-you-mean.js";
import type { Span } from "../diagnostics/diagnostic.js";
import type * as Ast from "../syntax/ast.js";
import { noValues } from "../syntax/build/literal.js";
import { textOfCell } from "./cell-text.js";
import type { Problem } from "./program.js";

type Step = Ast.TestDeclaration["steps"][number];

/** A test as it is run: once, or once a row with the cells put in for the columns. */
export interface TestCase {
  readonly title: string;
  /** Without the `for each`. */
  readonly steps: readonly Step[];
  /** The row it comes from, and how it reads: `amount: 40.0, outcome: authorize`. */
  readonly row?: { readonly span: Span; readonly text: string };
}

interface Expanded {
  readonly cases: readonly TestCase[];
  /** What is wrong with the rows, and with names that are no columns. */
  readonly problems: readonly Problem[];
}

/** So many steps may the rows of one test come to: a table is read by people. */
export const mostRowSteps = 5_000;
/** How much is shown of a row, of a cell in a title, and of a title whose holes are filled. */
const longestRow = 300;
const longestCell = 100;
const longestTitle = 1_000;

const known = new WeakMap<Ast.TestDeclaration, Expanded>();

/** The cases of a test (language.md, *Tests*). Rows that do not fit are left out and told. */
export function casesOf(test: Ast.TestDeclaration): Expanded {
  const found = known.get(test) ?? expand(test);
  known.set(test, found);
  return found;
}

function expand(test: Ast.TestDeclaration): Expanded {
  const problems: Problem[] = [];
  const table = test.steps.find((step) => step.kind === "RowsStep");
  const steps = test.steps.filter((step) => step.kind !== "RowsStep");
  const title = test.name.value;
  if (table === undefined) {
    const put = new Putting(new Map(), problems);
    return { cases: [{ title, steps: steps.map((step) => put.step(step)) }], problems };
  }
  const columns = columnsOf(test, table, problems);
  if (table.rows.length * Math.max(1, steps.length) > mostRowSteps) {
    const message = `the rows of this test come to more than ${mostRowSteps} steps`;
    problems.push(rows(table.span, message, "write several tests"));
    return { cases: [], problems };
  }
  const texts = new Set<string>();
  const cases = table.rows.flatMap((row): TestCase[] => {
    const text = table.columns.map((name, i) => `${name.text}: ${textOfCell(row.cells[i])}`).join(", ");
    if (row.cells.length !== table.columns.length) {
      const message = `the rows have ${table.columns.length} columns, and this one ${row.cells.length}`;
      problems.push(rows(row.span, message, "write one cell for each column"));
      return [];
    }
    if (texts.has(text)) {
      problems.push(rows(row.span, "this row is written twice", "leave one of them out"));
      return [];
    }
    texts.add(text);
    const cells = new Map(columns.map(([name, index]) => [name, row.cells[index] as Ast.Literal]));
    const put = new Putting(cells, problems);
    const short = shortened(text, longestRow);
    return [
      {
        title: titleOf(title, cells, short),
        steps: steps.map((step) => put.step(step)),
        row: { span: row.span, text: short },
      },
    ];
  });
  return { cases, problems: once(problems) };
}

/** The words that a cell or a step says without a column. */
const words = new Set("unknown absent authorize confirm clarify return".split(" "));

/** The columns by name, each with its place; tells those that cannot be. */
function columnsOf(test: Ast.TestDeclaration, table: Ast.RowsStep, problems: Problem[]): [string, number][] {
  const [first] = test.steps;
  for (const step of test.steps)
    if (step.kind === "RowsStep" && step !== first)
      problems.push(
        rows(step.span, "the rows of a test stand first, and once", "write one `for each` as the first step"),
      );
  const seen = new Set<string>();
  for (const { text, span } of table.columns) {
    if (seen.has(text))
      problems.push(rows(span, `there are two columns \`${text}\``, "give each a name of its own"));
    if (words.has(text))
      problems.push(
        rows(span, `no column is called \`${text}\`: the word means itself`, "name it otherwise"),
      );
    seen.add(text);
  }
  for (const [hole, name = ""] of test.name.value.matchAll(holes))
    if (!seen.has(name)) {
      const meant = didYouMean(name, seen);
      problems.push(
        rows(
          test.name.span,
          `\`${hole}\` in the title is no column`,
          meant === undefined ? "write the name of a column in the braces" : `did you mean \`{${meant}}\`?`,
        ),
      );
    }
  return table.columns.map(({ text }, index) => [text, index]);
}

const holes = /\{([^{}]*)\}/g;

/** The title with the cells in its holes; one without holes, or too long to read, is told apart by its row. */
function titleOf(title: string, cells: ReadonlyMap<string, Ast.Literal>, row: string): string {
  if (title.match(holes) === null || title.length > longestTitle) return `${title} (${row})`;
  return title.replace(holes, (hole, name: string) => {
    const cell = cells.get(name);
    return cell === undefined ? hole : shortened(textOfCell(cell), longestCell);
  });
}

const shortened = (text: string, longest: number): string =>
  text.length > longest ? `${text.slice(0, longest - 1).toWellFormed()}…` : text;

function rows(span: Span, message: string, help: string): Problem {
  return { code: "check/bad-rows", span, message, help };
}

/** A slip outside of the rows is met in each of them. */
function once(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((one) => [JSON.stringify([one.span, one.message]), one])).values()];
}

/** Puts the cells of a row in for the names of its columns. */
class Putting {
  constructor(
    private readonly cells: ReadonlyMap<string, Ast.Literal>,
    private readonly problems: Problem[],
  ) {}

  /** A step with its cells; where they do not fit that is told, and nothing else is looked for in it. */
  step(step: Step): Step {
    const before = this.problems.length;
    const put = this.put(step);
    return this.problems.length === before ? put : { kind: "Invalid", span: step.span };
  }

  private put(step: Step): Step {
    switch (step.kind) {
      case "TierStep":
        return { ...step, tier: this.name(step.tier) };
      case "CircumstanceStep":
        return { ...step, value: this.literal(step.value) };
      case "GivenStep":
        return { ...step, value: this.value(step.value) };
      case "NowStep":
        return { ...step, time: this.literal(step.time) };
      case "FactStep":
        return { ...step, args: step.args.map((arg) => this.literal(arg)), value: this.value(step.value) };
      case "SaidStep":
      case "ConfirmedStep":
      case "RefusedStep":
        return { ...step, by: this.name(step.by) };
      case "AnsweredStep":
        return { ...step, by: this.name(step.by), answer: this.literal(step.answer) };
      case "ObserveStep":
        return { ...step, call: this.call(step.call), returns: this.literal(step.returns) };
      case "ClaimStep":
        return { ...step, value: this.literal(step.value), confidence: this.degree(step.confidence) };
      case "ProposeStep":
        return { ...step, call: this.call(step.call), confidence: this.degree(step.confidence) };
      case "ExpectStep":
        return {
          ...step,
          decision: this.decision(step.decision),
          from: step.from.map((name) => this.name(name)),
        };
      case "ExpectFindingStep":
        return { ...step, finding: this.name(step.finding) };
      case "ExpectClassStep":
        return { ...step, class: this.name(step.class) };
      case "ExpectConfidenceStep":
        return { ...step, value: this.degree(step.value) ?? step.value };
      case "ExpectRemedyStep":
        return { ...step, remedy: this.name(step.remedy) };
      case "ExpectAsksStep":
        return { ...step, principal: this.name(step.principal) };
      default:
        return step;
    }
  }

  /** A name that is a column means the word in its cell. */
  private name(name: Ast.Name): Ast.Name {
    const cell = this.cells.get(name.text);
    if (cell === undefined) return name;
    if (cell.kind === "ColumnLiteral") return { text: cell.name.text, span: cell.span };
    this.tell(cell.span, "a name is wanted here, not a value", `write the name itself, as in \`[lead, 1]\``);
    return name;
  }

  private decision(decision: Ast.DecisionWord | Ast.ColumnLiteral): Ast.DecisionWord | Ast.ColumnLiteral {
    if (typeof decision === "string") return decision;
    const cell = this.cells.get(decision.name.text);
    const word = cell?.kind === "ColumnLiteral" ? decisions.find((one) => one === cell.name.text) : undefined;
    if (word !== undefined) return word;
    if (cell !== undefined) {
      this.tell(
        cell.span,
        "a decision is wanted here",
        "write `authorize`, `confirm`, `clarify` or `return`",
      );
      return decision;
    }
    const { text, span } = decision.name;
    const meant = didYouMean(text, [...decisions, ...this.cells.keys()]);
    this.tell(
      span,
      `\`${text}\` is neither a decision nor a column of this test`,
      meant === undefined
        ? "write `authorize`, `confirm`, `clarify` or `return`"
        : `did you mean \`${meant}\`?`,
      meant,
    );
    return decision;
  }

  private value(value: Ast.TestValue): Ast.TestValue {
    if (typeof value === "string" || value.kind !== "ColumnLiteral") return this.nested(value);
    const cell = this.cells.get(value.name.text);
    if (cell?.kind !== "ColumnLiteral") return this.nested(value);
    const { text } = cell.name;
    return text === "unknown" || text === "absent" ? text : this.literal(value);
  }

  private nested(value: Ast.TestValue): Ast.TestValue {
    return typeof value === "string" ? value : this.literal(value);
  }

  private literal(literal: Ast.Literal): Ast.Literal {
    switch (literal.kind) {
      case "ColumnLiteral":
        return this.column(literal);
      case "ListLiteral":
        return { ...literal, elements: literal.elements.map((one) => this.literal(one)) };
      case "RecordLiteral":
        return {
          ...literal,
          fields: literal.fields.map(({ name, value }) => ({ name, value: this.literal(value) })),
        };
      default:
        return literal;
    }
  }

  private column(literal: Ast.ColumnLiteral): Ast.Literal {
    const { text } = literal.name;
    const cell = this.cells.get(text);
    // Has been told where it was read.
    if (cell === undefined && noValues.has(text)) return literal;
    if (cell === undefined) {
      const meant = didYouMean(text, [...this.cells.keys(), "true", "false"]);
      const help = "a string stands in quotes, and a column is named after `for each`";
      this.tell(
        literal.span,
        `\`${text}\` is neither a value nor a column of this test`,
        meant === undefined ? help : `did you mean \`${meant}\`?`,
        meant,
      );
      return literal;
    }
    // What stands within a cell is no column: it would have to be put in again.
    if (cell.kind !== "ColumnLiteral") return new Putting(new Map(), this.problems).literal(cell);
    const help = "a string stands in quotes";
    this.tell(cell.span, `a value is wanted here, and \`${cell.name.text}\` is none`, help);
    return literal;
  }

  private degree(degree: Ast.Degree | undefined): Ast.Degree | undefined {
    if (degree === undefined || !("kind" in degree)) return degree;
    const value = this.column(degree);
    if (value.kind === "NumberLiteral")
      return { span: value.span, value: value.value, decimal: value.decimal };
    if (value.kind !== "ColumnLiteral")
      this.tell(value.span, "a number from 0 to 1 is wanted here", "write a number such as `0.9`");
    return degree;
  }

  private call(call: Ast.ExampleCall): Ast.ExampleCall {
    return { ...call, args: call.args.map(({ name, value }) => ({ name, value: this.literal(value) })) };
  }

  private tell(span: Span, message: string, help: string, meant?: string): void {
    this.problems.push({
      code: "check/unknown-name",
      span,
      message,
      help,
      ...(meant === undefined
        ? {}
        : { fix: { title: `write \`${meant}\``, edits: [{ span, text: meant }] } }),
    });
  }
}

const decisions: readonly Ast.DecisionWord[] = ["authorize", "confirm", "clarify", "return"];

/** A number, of an expanded step; none where it was told that there is no such column. */
export const degreeOf = (degree: Ast.Degree | undefined): Ast.NumberNode | undefined =>
  degree === undefined || "kind" in degree ? undefined : degree;
