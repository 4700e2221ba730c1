import { indexLines } from "../diagnostics/lines.js";
import type { Place } from "../ir/policy.js";
import type * as Ast from "../syntax/ast.js";
import { parsePolicy } from "../syntax/parse.js";
import { Unsayable } from "./pin.js";

/** A statement that a ruling can be about. */
type Ruled = Ast.PermitStatement | Ast.TreatStatement | Ast.GrayStatement | Ast.Given;

/** What is put into a text at a place of it. */
interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** The statement that stands at a place of a policy's file. */
export function statementAt(file: string, text: string, place: Place): Ruled {
  const { positionAt } = indexLines(text);
  const { declarations } = parsePolicy({ file, text }).document;
  const statements: readonly Ast.Node[] = declarations.flatMap((one) =>
    "statements" in one ? [...one.statements] : [],
  );
  const found = statements.find(({ span }) => {
    const { line, column } = positionAt(span.start);
    return line === place.line && column === place.column;
  }) as Ruled | undefined;
  if (found === undefined) throw new Unsayable(`\`${file}\` is not what the decision was made on any more`);
  return found;
}

/** The text with a statement's condition narrowed, so that it holds no more of what is excluded. */
export function narrowed(text: string, statement: Exclude<Ruled, Ast.Given>, excluded: string): string {
  const { when, tools } = statement;
  if (when !== undefined) {
    const { start, end } = when.span;
    return edited(text, {
      from: start,
      to: end,
      text: `${grouped(text.slice(start, end), when)} and not (${excluded})`,
    });
  }
  const before =
    statement.kind === "Treat"
      ? statement.as
      : statement.kind === "Permit"
        ? (statement.serving.at(-1) ?? tools.at(-1))
        : tools.at(-1);
  const at = (before as Ast.Node).span.end;
  return edited(text, { from: at, to: at, text: ` when not (${excluded})` });
}

/** In parentheses, unless it may stand before `and` as it is. */
function grouped(text: string, { kind, ...when }: Ast.Expression): string {
  const isOr = kind === "Binary" && (when as { readonly operator?: string }).operator === "or";
  return isOr || kind === "If" || kind === "Quantified" || kind === "Tally" || text.includes("//")
    ? `(${text}\n)`
    : text;
}

/** The text with a line behind a statement of the same block. */
export const withLine = (text: string, { span }: Ast.Node, line: string): string =>
  edited(text, { from: span.end, to: span.end, text: `\n${line}\n` });

/** The text with a line at the end of the file's scope block. */
export function withScopeLine(file: string, text: string, line: string): string {
  const scope = parsePolicy({ file, text }).document.declarations.find((one) => one.kind === "Scope");
  const last = scope?.kind === "Scope" ? scope.statements.at(-1) : undefined;
  if (last === undefined) throw new Unsayable(`\`${file}\` has no scope block for the line to stand in`);
  return withLine(text, last, line);
}

/** The text with a given's default. */
export function withDefault(text: string, given: Ast.Given, value: string): string {
  const { start, end } = given.value?.span ?? { start: given.type.span.end, end: given.type.span.end };
  return edited(text, { from: start, to: end, text: given.value === undefined ? ` = ${value}` : value });
}

const edited = (text: string, { from, to, text: put }: Edit): string =>
  text.slice(0, from) + put + text.slice(to);
