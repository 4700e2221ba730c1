import type { DiagnosticCode, Span } from "../../../diagnostics/diagnostic.js";
import type { TypeIr } from "../../../ir/type.js";
import type { Expression, ToolRef } from "../../../syntax/ast.js";
import type { DeclaredTool, Definition, Problem, Program, Unit } from "../../program.js";

/** The keys of optional things known to be there (see `presence.ts`). */
export type Presence = ReadonlySet<string>;

export const nothing: Presence = new Set();

/** What is known of an expression: its type, absent after a mistake, and what is there when it is true or false. */
export interface Found {
  readonly type: TypeIr | undefined;
  readonly ifTrue: Presence;
  readonly ifFalse: Presence;
}

/** A variable that a quantifier or tally binds. */
export interface Local {
  /** Unlike the name, different for every binding. */
  readonly id: number;
  readonly definition: Definition;
  readonly type: TypeIr | undefined;
}

/** Where an expression stands: what its names mean and what it may read. */
export interface Env {
  readonly unit: Unit;
  readonly zone: string;
  /** Claims are read by `ground` lines, `result` in the arguments of an undo. */
  readonly place: "ground" | "undo" | "condition";
  /** The tools whose arguments bare names are. */
  readonly tools: readonly DeclaredTool[];
  /** False where the statement names an unknown tool: its arguments cannot be told. */
  readonly toolsKnown: boolean;
  readonly locals: ReadonlyMap<string, Local>;
  readonly present: Presence;
  /** Whether this is within the arguments of a fact. */
  readonly inFact: boolean;
}

/** The state of one typing pass. */
export interface Work {
  readonly program: Program;
  readonly types: Map<Expression, TypeIr>;
  readonly problems: Problem[];
  /** Notes what a name that stands at a place was resolved to; told when somebody asks, for most are never asked for. */
  mention(span: Span, definitions: () => readonly Definition[]): void;
  sees(unit: Unit, declaredIn: Unit): boolean;
  toolsOf(ref: ToolRef): readonly DeclaredTool[];
  zoneOf(unit: Unit): string;
  nextLocal(): number;
  /** Whether a name is written in a part that could not be parsed: its declaration may be there. */
  lost(name: string): boolean;
}

/** What a problem may say besides its message. */
export type Details = Pick<Problem, "label" | "related" | "help" | "fix">;

/** What to do next, where nothing more particular is known. */
const usualHelp: { readonly [code: string]: string } = {
  "check/type-mismatch": "write a value of the type wanted: nothing is converted, but an int is a decimal",
  "check/not-comparable":
    "compare what tells them apart: a number, a time, a text by `like`, the elements of a list",
  "check/wrong-arguments": "give each argument in its place",
};

/** Notes a problem; always gives undefined, the type of what is broken. */
export function report(
  work: Work,
  code: DiagnosticCode,
  span: Span,
  message: string,
  details: Details = {},
): undefined {
  const help = details.help ?? usualHelp[code];
  work.problems.push({ code, span, message, ...details, ...(help === undefined ? {} : { help }) });
  return undefined;
}

/** An expression without a type, and nothing known of it. */
export const unknownFound: Found = { type: undefined, ifTrue: nothing, ifFalse: nothing };

/** An expression of a type that tells nothing about what is there. */
export const plain = (type: TypeIr | undefined): Found => ({ type, ifTrue: nothing, ifFalse: nothing });

/** Types an expression in its place; `expected` is the type the place asks for, which a string literal takes. */
export type Infer = (expression: Expression, env: Env, expected?: TypeIr) => Found;

/** What the parts of the typing pass share. */
export interface Typer extends Work {
  readonly infer: Infer;
}

export const union = (a: Presence, b: Presence): Presence =>
  a.size === 0 ? b : b.size === 0 ? a : new Set([...a, ...b]);

export const intersection = (a: Presence, b: Presence): Presence =>
  a.size === 0 || b.size === 0 ? nothing : new Set([...a].filter((key) => b.has(key)));

/** The same place, where more is known to be there. */
export const knowing = (env: Env, present: Presence): Env =>
  present.size === 0 ? env : { ...env, present: union(env.present, present) };
