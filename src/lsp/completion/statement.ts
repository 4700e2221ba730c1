import type { CheckContext, DeclaredTool, Unit } from "../../compiler/program.js";
import { isList, isRecord, typeOf } from "../../compiler/types.js";
import type { TypeIr } from "../../ir/type.js";
import { nameValue } from "../../syntax/literals.js";
import type { Piece } from "../../syntax/pieces.js";

/** What an unfinished statement already says, read from its tokens: there is no tree of it yet. */
export interface Written {
  readonly pieces: readonly Piece[];
  /** The tools that its condition is about. */
  readonly tools: readonly DeclaredTool[];
  /** The names that quantifiers bind in it. */
  readonly variables: readonly string[];
}

const isWord = (piece: Piece | undefined): piece is Piece =>
  piece !== undefined && (piece.kind === "name" || piece.kind === "keyword");

/** Where the tools of a statement begin, by its first word. */
const toolsBehind: Readonly<Record<string, string>> = {
  permit: "permit",
  forbid: "forbid",
  limit: "limit",
  ground: "ground",
  treat: "treat",
  gray: "gray",
  assert: "authorize",
  source: "tool",
};

const binders: readonly string[] = ["every", "some", "no", "count", "sum"];

export function writtenOf(pieces: readonly Piece[], context: CheckContext): Written {
  const behind = toolsBehind[pieces[0]?.text ?? ""];
  const start = pieces.findIndex(({ text }) => text === behind);
  const patterns = start < 0 ? [] : toolPatterns(pieces.slice(start + 1));
  const tools = patterns.flatMap((pattern) => context.toolsOf({ pattern, span: nowhere }));
  const variables = pieces.flatMap(({ text }, i) =>
    binders.includes(text) && pieces[i + 2]?.text === "in" && isWord(pieces[i + 1])
      ? [nameValue(pieces[i + 1]?.text ?? "")]
      : [],
  );
  return { pieces, tools: [...new Set(tools)], variables };
}

const nowhere = { file: "", start: 0, end: 0 };

/** The patterns that a list of tools begins with. */
function toolPatterns(pieces: readonly Piece[]): string[] {
  const patterns: string[] = [];
  let at = 0;
  for (;;) {
    const { pattern, next } = dottedFrom(pieces, at);
    if (pattern !== "") patterns.push(pattern);
    if (pieces[next]?.text !== ",") return patterns;
    at = next + 1;
  }
}

/** A dotted name, or a pattern, that begins at an index. */
function dottedFrom(
  pieces: readonly Piece[],
  at: number,
): { readonly pattern: string; readonly next: number } {
  let pattern = "";
  let next = at;
  for (;;) {
    const piece = pieces[next];
    if (piece?.text === "*") return { pattern: `${pattern}*`, next: next + 1 };
    if (!isWord(piece)) return { pattern, next };
    pattern += nameValue(piece.text);
    next += 1;
    if (pieces[next]?.text === "*") continue;
    if (pieces[next]?.text !== ".") return { pattern, next };
    pattern += ".";
    next += 1;
  }
}

/** Where the dotted name begins whose last segment is being written. */
export function chainStart(pieces: readonly Piece[]): number {
  let start = pieces.length;
  while (pieces[start - 1]?.text === "." && isWord(pieces[start - 2])) start -= 2;
  return start;
}

/** The tool whose call is open at the end of the pieces, and the arguments that it has so far. */
export function openCall(
  { pieces }: Written,
  { program }: CheckContext,
): { readonly tool: DeclaredTool; readonly given: readonly string[] } | undefined {
  let depth = 0;
  const given: string[] = [];
  for (let i = pieces.length - 1; i >= 0; i -= 1) {
    const piece = pieces[i];
    const text = piece?.kind === "sign" ? piece.text : "";
    if (text === ":" && depth === 0) given.push(nameValue(pieces[i - 1]?.text ?? ""));
    if (text === ")" || text === "]" || text === "}") depth += 1;
    if (text === "(" || text === "[" || text === "{") depth -= 1;
    if (text === "(" && depth < 0) return called(pieces, i, program, given);
  }
  return undefined;
}

function called(
  pieces: readonly Piece[],
  paren: number,
  program: CheckContext["program"],
  given: readonly string[],
) {
  // In `calls(TOOL, …)` the tool is the first argument.
  const start = pieces[paren - 1]?.text === "calls" ? paren + 1 : chainStart(pieces.slice(0, paren - 1));
  const { pattern } = dottedFrom(pieces, start);
  const tool = program.symbols.tools.get(pattern);
  return tool === undefined ? undefined : { tool, given };
}

/** The type of the reference that ends right before an index: `given.x`, `claim.x`, an argument, each with fields. */
export function typeBefore(
  written: Written,
  end: number,
  unit: Unit,
  { program, sees }: CheckContext,
): TypeIr | undefined {
  const { pieces, tools } = written;
  const last = pieces[end - 1];
  if (!isWord(last)) return undefined;
  let start = end - 1;
  while (pieces[start - 1]?.text === "." && isWord(pieces[start - 2])) start -= 2;
  const [root = "", ...rest] = pieces
    .slice(start, end)
    .filter(({ text }) => text !== ".")
    .map(({ text }) => nameValue(text));
  const { givens, claims } = program.symbols;
  const table = root === "given" ? givens : root === "claim" ? claims : undefined;
  const [name = "", ...fields] = table === undefined ? [root, ...rest] : rest;
  const declared = table?.get(name)?.find((one) => sees(unit, one.unit))?.node.type;
  const type =
    table === undefined
      ? tools
          .map((tool) => tool.params.find((param) => param.name === name)?.type)
          .find((one) => one !== undefined)
      : declared && typeOf(declared);
  return fieldType(type, fields);
}

function fieldType(type: TypeIr | undefined, fields: readonly string[]): TypeIr | undefined {
  return fields.reduce<TypeIr | undefined>(
    (of, name) =>
      of !== undefined && isRecord(of) ? of.record.find((field) => field.name === name)?.type : undefined,
    type,
  );
}

/** The type that a value in this place has to have, as far as the tokens before it tell. */
export function wantedType(written: Written, unit: Unit, context: CheckContext): TypeIr | undefined {
  const { pieces } = written;
  const last = pieces.length - 1;
  const before = pieces[last]?.text ?? "";
  if (before === "==" || before === "!=") return typeBefore(written, last, unit, context);
  const bracket = pieces.findLastIndex(({ text }) => text === "[" || text === "]");
  if ((before === "[" || before === ",") && pieces[bracket]?.text === "[") {
    const isMember = pieces[bracket - 1]?.text === "in";
    const negated = pieces[bracket - 2]?.text === "not" ? 1 : 0;
    if (isMember) return typeBefore(written, bracket - 1 - negated, unit, context);
  }
  if (before === ":") return argumentType(written, pieces[last - 1]?.text ?? "", context);
  if (before === "=") return stepType(written, unit, context);
  if (before === "returns" || before === "in") return undefined;
  const element = before === "[" || before === "," ? wantedList(written, unit, context) : undefined;
  return element;
}

/** The elements of a list literal: `kinds: ["a", ` or `given kinds = ["a", `. */
function wantedList(written: Written, unit: Unit, context: CheckContext): TypeIr | undefined {
  const open = written.pieces.findLastIndex(({ text }) => text === "[");
  if (open < 0) return undefined;
  const type = wantedType({ ...written, pieces: written.pieces.slice(0, open) }, unit, context);
  return type !== undefined && isList(type) ? type.list : undefined;
}

function argumentType(written: Written, name: string, context: CheckContext): TypeIr | undefined {
  const call = openCall(written, context);
  return call?.tool.params.find((param) => param.name === nameValue(name))?.type;
}

/** `given x = `, `claim x = ` and `fact f(…) = ` in a test; `given x: TYPE = ` in the intent has none declared yet. */
function stepType({ pieces }: Written, unit: Unit, { program, sees }: CheckContext): TypeIr | undefined {
  const [first, second] = pieces;
  const name = nameValue(second?.text ?? "");
  const { givens, claims, facts } = program.symbols;
  const table = { given: givens, claim: claims, fact: facts }[first?.text ?? ""];
  const node = table?.get(name)?.find((one) => sees(unit, one.unit))?.node;
  if (node !== undefined) return typeOf(node.type);
  return undefined;
}

/** The fields that can stand behind a dot. */
export function fieldsBefore(written: Written, unit: Unit, context: CheckContext) {
  const type = typeBefore(written, written.pieces.length - 1, unit, context);
  return type !== undefined && isRecord(type) ? type.record : [];
}

export const parametersOf = (written: Written) => {
  const [first, ...others] = written.tools;
  if (first === undefined) return [];
  // A condition may read what every tool of its statement has.
  return first.params.filter(({ name }) =>
    others.every((tool) => tool.params.some((param) => param.name === name)),
  );
};
