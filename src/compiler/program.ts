import type { Diagnostic, Severity, DiagnosticCode, Span } from "../diagnostics/diagnostic.js";
import type * as Ast from "../syntax/ast.js";
import type { Annotation } from "../ir/predicate.js";
import type { TypeIr, FieldIr } from "../ir/type.js";

/** What a check found, before its severity is known. */
export type Problem = Omit<Diagnostic, "severity">;

/** Reads a file by its path (POSIX, as resolved from the file that names it). The compiler itself does no I/O. */
export interface Files {
  read(path: string): { readonly text: string } | { readonly error: string };
  /** The name of a file that a policy names: one where it can be met by several. Without it, its path. */
  locate?(path: string): string;
}

/** One parsed file of a policy: later one layer. */
export interface Unit {
  readonly source: Ast.Source;
  readonly document: Ast.PolicyDocument | Ast.NarrowingDocument;
  /** In file order. */
  readonly comments: readonly Ast.Comment[];
  /** The units it extends, directly; no cycles (a cycle has been reported and cut). */
  readonly bases: readonly Unit[];
  /** Whether it belongs to the commission: it writes the intent, or the unit that does extends it (semantics.md, *Layers*). */
  readonly commission: boolean;
}

/** A declaration of a name, and where. */
export interface Declared<N> {
  readonly name: string;
  readonly unit: Unit;
  readonly node: N;
  /** Where the name stands. */
  readonly span: Ast.Name["span"];
}

/** A tool as declared, imported, or imported and refined. */
export interface DeclaredTool {
  readonly name: string;
  readonly unit: Unit;
  readonly params: readonly FieldIr[];
  /** The `tool` line's name, or the `tools` import's path. */
  readonly span: Ast.Name["span"];
  readonly imported: boolean;
  /** The `tool` line that declares it, or refines an imported one. */
  readonly line?: Ast.ToolDeclaration;
  /** How the list marks an imported tool; of a declared one nobody says anything. */
  readonly annotated?: readonly Annotation[];
  /** The line that refined an imported tool; `span` is then the same place. */
  readonly refinedAt?: Ast.Name["span"];
}

/**
 * All names of a program, each with every declaration of it in file order (more than one is a `check/duplicate`).
 * The first is the one that counts.
 */
export interface Symbols {
  readonly principals: ReadonlyMap<string, readonly Declared<Ast.PrincipalDeclaration>[]>;
  readonly bullets: ReadonlyMap<string, readonly Declared<Ast.Bullet>[]>;
  readonly givens: ReadonlyMap<string, readonly Declared<Ast.Given>[]>;
  readonly tools: ReadonlyMap<string, DeclaredTool>;
  readonly sources: ReadonlyMap<string, readonly Declared<Ast.SourceStatement>[]>;
  readonly facts: ReadonlyMap<string, readonly Declared<Ast.FactStatement>[]>;
  readonly claims: ReadonlyMap<string, readonly Declared<Ast.ClaimStatement>[]>;
  readonly classes: ReadonlyMap<string, readonly Declared<Ast.ClassStatement>[]>;
  readonly tiers: readonly Declared<Ast.Name>[];
}

/** What a name can name. A `variable` is bound by a quantifier or a tally, a `parameter` belongs to a tool. */
export type NameKind =
  | "principal"
  | "bullet"
  | "given"
  | "tool"
  | "parameter"
  | "source"
  | "fact"
  | "claim"
  | "class"
  | "tier"
  | "variable";

/** A declared name. */
export interface Definition {
  readonly kind: NameKind;
  readonly name: string;
  /** Where it is declared: the name itself, or the path of the `tools` import it came with. */
  readonly span: Span;
  /** Whether the name stands at `span`, so that it can be renamed there. */
  readonly written: boolean;
  /** The same for one declaration in whatever program it is met. */
  readonly key: string;
  /** The declaration as parsed; absent for imported tools, parameters and variables. */
  readonly node?: Ast.Node;
  /** The tool itself, or the one a parameter belongs to. */
  readonly tool?: DeclaredTool;
  /** Of a given, parameter, fact, claim or variable, where it could be told. */
  readonly type?: TypeIr;
}

/** A place where a name stands, and what it names there: several for a pattern of tools, or a parameter of several tools. */
export interface Mention {
  readonly span: Span;
  readonly definitions: readonly Definition[];
  readonly declares: boolean;
}

/** A policy with all that it extends, parsed and its names collected; nothing is checked yet. */
export interface Program {
  readonly entry: Unit;
  /** Bases before what extends them, each file once, the entry last. */
  readonly units: readonly Unit[];
  /** The unit that writes the intent; absent in a base policy. */
  readonly intentUnit: Unit | undefined;
  readonly symbols: Symbols;
  /** The zone of the policy that is narrowed; absent where the entry is no narrowing. */
  readonly narrowedZone?: string;
  /** The texts of all files read, for code frames. */
  readonly sources: ReadonlyMap<string, string>;
}

/** What a tier holds after the boundaries above it (language.md, *tiers*). */
export interface TierHolding {
  readonly name: string;
  readonly bullets: ReadonlySet<string>;
  readonly givens: ReadonlySet<string>;
  readonly uses: ReadonlySet<string>;
  readonly passes: ReadonlySet<string>;
  /** For what it no longer has: the boundary where it was lost, by `given.NAME`, `intent.NAME` or the tool's name. */
  readonly lostAt: ReadonlyMap<string, Ast.BoundaryDeclaration>;
}

/** What a rule sees. */
export interface CheckContext {
  readonly program: Program;
  /** Types of expressions, where they could be given; problems found while typing, by code. */
  readonly typing: Typing;
  /** From the root down; empty without `tiers`. */
  readonly holdings: readonly TierHolding[];
  /** Whether `unit` may use what `declaredIn` declares: itself and its bases, transitively. */
  sees(unit: Unit, declaredIn: Unit): boolean;
  /** Declared tools a reference covers (`crm.*`). */
  toolsOf(ref: Ast.ToolRef): readonly DeclaredTool[];
}

export interface Typing {
  readonly types: ReadonlyMap<Ast.Expression, TypeIr>;
  /** Problems the typing pass met; each is given to the user by the rule of its code. */
  readonly problems: readonly Problem[];
  /** Names as the typing pass resolved them, in no order; a place may occur twice. */
  readonly mentions: readonly Mention[];
}

/**
 * One rule: a code, its documentation and its check (architecture.md, habit 2). `avoid` is a whole small policy that gives this
 * code and no other error; `prefer` one that gives no diagnostic at all. `reshimu explain` prints them.
 */
export interface Rule {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  /** One line: the property that must hold. */
  readonly summary: string;
  /** Why, for the reader who has never met it. */
  readonly why: string;
  readonly avoid: string;
  readonly prefer: string;
  /** Further files that `avoid` and `prefer` read, by path. */
  readonly files?: { readonly [path: string]: string };
  /** Asks the policy as a whole: while something in it is wrong or cannot be read, it has nothing to say. */
  readonly whole?: true;
  check(context: CheckContext, run: RuleRun): Iterable<Omit<Diagnostic, "severity" | "code">>;
}

/** What a rule may know of the others. */
export interface RuleRun {
  /** The codes of all rules. */
  readonly codes: ReadonlySet<string>;
  /** What the rules before this one have found. */
  readonly found: readonly Diagnostic[];
}
