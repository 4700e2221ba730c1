import type { Span } from "../diagnostics/diagnostic.js";

/**
 * The syntax tree of a Reshimu file: what was written, and where. Names are not resolved and nothing is typed here.
 * Every node carries its span; a statement that could not be parsed is an `Invalid` node between its neighbours.
 */
export interface Node {
  readonly span: Span;
}

/** A name as meant: backquotes are taken off. */
export interface Name extends Node {
  readonly text: string;
}

/** `a.b.c`, as written in declarations and calls; `text` is its segments joined by dots. */
export interface Dotted extends Node {
  readonly text: string;
  readonly segments: readonly Name[];
}

/** One string: adjacent literals are already joined and escapes decoded. */
export interface Text extends Node {
  readonly value: string;
}

export interface NumberNode extends Node {
  readonly value: number;
  /** Whether it was written with a fraction (`1.0` is a decimal, `1` an int). */
  readonly decimal: boolean;
}

export interface DurationNode extends Node {
  readonly milliseconds: number;
}

/** A tool or a pattern of tools: `crm.query`, `crm.*`, `mcp__github__*`, `*`. */
export interface ToolRef extends Node {
  /** The pattern; a star can only stand last. */
  readonly pattern: string;
}

/** What could not be parsed; its diagnostic has been given. */
export interface Invalid extends Node {
  readonly kind: "Invalid";
}

// ------------------------------------------------------------------ documents

export interface PolicyDocument extends Node {
  readonly kind: "Policy";
  /** Absent where the first line could not be parsed. */
  readonly header: Header | undefined;
  readonly declarations: readonly Declaration[];
}

export interface NarrowingDocument extends Node {
  readonly kind: "Narrowing";
  readonly declarations: readonly Declaration[];
}

export interface Header extends Node {
  readonly name: Dotted;
  readonly extends: readonly Text[];
  readonly zone: Text | undefined;
}

export type Declaration =
  | PrincipalDeclaration
  | IntentDeclaration
  | ToolDeclaration
  | ToolsImport
  | ScopeBlock
  | GroundingBlock
  | ReversibilityBlock
  | DiscernmentBlock
  | TiersDeclaration
  | BoundaryDeclaration
  | AssertDeclaration
  | TestDeclaration
  | Invalid;

export interface PrincipalDeclaration extends Node {
  readonly kind: "Principal";
  readonly name: Name;
  readonly display: Text;
  readonly key: Text | undefined;
}

export interface IntentDeclaration extends Node {
  readonly kind: "Intent";
  readonly statements: readonly (Bullet | Given | Invalid)[];
}

export interface Bullet extends Node {
  readonly kind: "Bullet";
  readonly name: Name;
  readonly text: Text;
}

export interface Given extends Node {
  readonly kind: "Given";
  readonly name: Name;
  readonly type: TypeNode;
  readonly value: Literal | undefined;
  readonly asks: Asks | undefined;
}

export interface Asks extends Node {
  readonly principal: Name;
  readonly question: Text;
}

export interface ToolDeclaration extends Node {
  readonly kind: "Tool";
  readonly name: Dotted;
  readonly params: readonly Param[];
}

export interface ToolsImport extends Node {
  readonly kind: "ToolsImport";
  readonly path: Text;
}

export interface Param extends Node {
  readonly name: Name;
  readonly optional: boolean;
  readonly sensitive: boolean;
  readonly type: TypeNode;
}

export type TypeNode =
  | (Node & { readonly kind: "NamedType"; readonly name: string })
  | (Node & { readonly kind: "ListType"; readonly element: TypeNode })
  | (Node & { readonly kind: "EnumType"; readonly members: readonly Text[] })
  | (Node & { readonly kind: "RecordType"; readonly fields: readonly Param[] });

// ------------------------------------------------------------------ scope

export interface ScopeBlock extends Node {
  readonly kind: "Scope";
  readonly statements: readonly (PermitStatement | LimitStatement | Invalid)[];
}

export interface PermitStatement extends Node {
  readonly kind: "Permit";
  readonly effect: "permit" | "forbid";
  readonly tools: readonly ToolRef[];
  readonly serving: readonly Name[];
  readonly when: Expression | undefined;
  readonly because: Text | undefined;
}

export interface LimitStatement extends Node {
  readonly kind: "Limit";
  readonly tools: readonly ToolRef[];
  readonly sum: Expression | undefined;
  readonly to: NumberNode;
  readonly window: Window;
  readonly each: Expression | undefined;
}

/** `per session`, or `per DURATION`. */
export interface Window extends Node {
  readonly per: "session" | DurationNode;
}

// ------------------------------------------------------------------ grounding

export interface GroundingBlock extends Node {
  readonly kind: "Grounding";
  readonly statements: readonly (
    | SourceStatement
    | FactStatement
    | ClaimStatement
    | GroundStatement
    | ToleranceStatement
    | UnsupportedStatement
    | Invalid
  )[];
}

export interface SourceStatement extends Node {
  readonly kind: "Source";
  readonly name: Name;
  readonly origin: WorldOrigin | ToolOrigin;
  readonly trust: NumberNode;
  readonly fresh: DurationNode | undefined;
  readonly timeout: DurationNode | undefined;
}

export interface WorldOrigin extends Node {
  readonly kind: "World";
  readonly type: Name;
  readonly locator: Text;
}

export interface ToolOrigin extends Node {
  readonly kind: "ToolOrigin";
  readonly tools: readonly ToolRef[];
  readonly fields: readonly Dotted[];
  readonly asText: boolean;
  readonly when: Expression | undefined;
}

export interface FactStatement extends Node {
  readonly kind: "Fact";
  readonly name: Name;
  readonly optional: boolean;
  readonly params: readonly Param[];
  readonly type: TypeNode;
  readonly from: readonly FactOrigin[];
  readonly agree: NumberNode | undefined;
}

export interface FactOrigin extends Node {
  readonly source: Name;
  readonly lookup: Text | undefined;
}

export interface ClaimStatement extends Node {
  readonly kind: "Claim";
  readonly name: Name;
  readonly type: TypeNode;
}

export type GroundAspect = "fact" | "inference" | "situation" | "effect";

export interface GroundStatement extends Node {
  readonly kind: "Ground";
  readonly tools: readonly ToolRef[];
  readonly on: GroundAspect;
  readonly condition: Expression;
  readonly because: Text | undefined;
}

export interface ToleranceStatement extends Node {
  readonly kind: "Tolerance";
  readonly value: NumberNode;
}

export interface UnsupportedStatement extends Node {
  readonly kind: "Unsupported";
  readonly atMost: NumberNode;
}

// ------------------------------------------------------------------ reversibility

export interface ReversibilityBlock extends Node {
  readonly kind: "Reversibility";
  readonly statements: readonly (ClassStatement | TreatStatement | OtherwiseStatement | Invalid)[];
}

export interface ClassStatement extends Node {
  readonly kind: "Class";
  readonly name: Name;
  readonly above: Name | undefined;
  readonly confidence: NumberNode | undefined;
  readonly confirm: Name | undefined;
  readonly limit: { readonly to: NumberNode; readonly window: Window } | undefined;
}

export interface TreatStatement extends Node {
  readonly kind: "Treat";
  readonly tools: readonly ToolRef[];
  readonly as: Name;
  readonly when: Expression | undefined;
  readonly undo: { readonly call: UndoCall; readonly within: DurationNode } | undefined;
  readonly because: Text | undefined;
}

export interface UndoCall extends Node {
  readonly tool: Dotted;
  readonly args: readonly NamedArgument[];
}

export interface NamedArgument extends Node {
  readonly name: Name;
  readonly value: Expression;
}

export interface OtherwiseStatement extends Node {
  readonly kind: "Otherwise";
  readonly name: Name;
}

// ------------------------------------------------------------------ discernment

export interface DiscernmentBlock extends Node {
  readonly kind: "Discernment";
  readonly statements: readonly (
    | ThresholdStatement
    | GrayStatement
    | FidelityStatement
    | EscalateStatement
    | Invalid
  )[];
}

export interface ThresholdStatement extends Node {
  readonly kind: "Threshold";
  readonly value: NumberNode;
  readonly for: Name | undefined;
}

export interface GrayStatement extends Node {
  readonly kind: "Gray";
  readonly tools: readonly ToolRef[];
  readonly when: Expression | undefined;
  readonly weight: NumberNode;
  readonly asks: Asks | undefined;
  readonly because: Text | undefined;
}

export interface FidelityStatement extends Node {
  readonly kind: "Fidelity";
  readonly atLeast: NumberNode;
}

export interface EscalateStatement extends Node {
  readonly kind: "Escalate";
  readonly steps: readonly EscalateStep[];
}

export interface EscalateStep extends Node {
  readonly principal: Name;
  readonly within: DurationNode;
}

// ------------------------------------------------------------------ tiers

export interface TiersDeclaration extends Node {
  readonly kind: "Tiers";
  readonly names: readonly Name[];
}

export interface BoundaryDeclaration extends Node {
  readonly kind: "Boundary";
  readonly from: Name;
  readonly to: Name;
  readonly statements: readonly (HoldStatement | BoundaryBecause | Invalid)[];
}

export interface HoldStatement extends Node {
  readonly kind: "Hold";
  readonly verb: "carries" | "withholds" | "grants" | "passes";
  readonly held: readonly Held[];
}

export interface BoundaryBecause extends Node {
  readonly kind: "Because";
  readonly text: Text;
}

/** `given.NAME`, `given.*`, or a tool pattern; `intent.NAME` and `intent.*` are bullets. `name` may be `*`. */
export type Held =
  | (Node & { readonly kind: "HeldGiven"; readonly name: string })
  | (Node & { readonly kind: "HeldBullet"; readonly name: string })
  | (Node & { readonly kind: "HeldTool"; readonly pattern: string });

// ------------------------------------------------------------------ assert and test

export interface AssertDeclaration extends Node {
  readonly kind: "Assert";
  readonly tools: readonly ToolRef[];
  /** `without confirmation`, or a condition. */
  readonly never: "without confirmation" | Expression;
}

export interface TestDeclaration extends Node {
  readonly kind: "Test";
  readonly name: Text;
  readonly steps: readonly (TestStep | Invalid)[];
}

export type TestStep =
  | RowsStep
  | (Node & { readonly kind: "TierStep"; readonly tier: Name })
  | CircumstanceStep
  | (Node & { readonly kind: "GivenStep"; readonly name: Name; readonly value: TestValue })
  | (Node & { readonly kind: "NowStep"; readonly time: Literal })
  | (Node & {
      readonly kind: "FactStep";
      readonly name: Name;
      readonly args: readonly Literal[];
      /** The source that says it; absent: every source of the fact. */
      readonly from: Name | undefined;
      readonly value: TestValue;
    })
  | (Node & { readonly kind: "SaidStep"; readonly by: Name; readonly text: Text })
  | (Node & {
      readonly kind: "ObserveStep";
      readonly call: ExampleCall;
      /** Whether the tool failed: then what it returned is an error's. */
      readonly fails: boolean;
      readonly returns: Literal;
    })
  | (Node & {
      readonly kind: "ClaimStep";
      readonly name: Name;
      readonly value: Literal;
      readonly confidence: Degree | undefined;
    })
  | (Node & {
      readonly kind: "ProposeStep";
      readonly call: ExampleCall;
      readonly confidence: Degree | undefined;
      readonly message: Text | undefined;
    })
  | (Node & { readonly kind: "ConfirmedStep"; readonly by: Name })
  | (Node & { readonly kind: "RefusedStep"; readonly by: Name })
  | (Node & {
      readonly kind: "AnsweredStep";
      readonly by: Name;
      readonly about: Subject;
      readonly answer: Literal;
    })
  | ExpectStep;

/** `for each a, b in [1, x], [2, y]`: the test is run once a row, where a column's name stands for the cell. */
export interface RowsStep extends Node {
  readonly kind: "RowsStep";
  readonly columns: readonly Name[];
  readonly rows: readonly Row[];
}

/** A cell that is a word and no value (`authorize`, `unknown`, the name of a principal) is a `ColumnLiteral` of that name. */
export interface Row extends Node {
  readonly cells: readonly Literal[];
}

/** `actor.id`, `actor.roles` or `session.instruction`, and what it is. */
export interface CircumstanceStep extends Node {
  readonly kind: "CircumstanceStep";
  readonly root: "actor" | "session";
  readonly name: Name;
  readonly value: Literal;
}

export type ExpectStep =
  | (Node & {
      readonly kind: "ExpectStep";
      readonly decision: DecisionWord | ColumnLiteral;
      readonly from: readonly Name[];
      readonly by: RuleRef | undefined;
    })
  | (Node & { readonly kind: "ExpectFindingStep"; readonly validator: Name; readonly finding: Name })
  | (Node & { readonly kind: "ExpectClassStep"; readonly class: Name })
  | (Node & {
      readonly kind: "ExpectConfidenceStep";
      /** Absent: exactly. */
      readonly bound: "least" | "most" | undefined;
      readonly value: Degree;
    })
  | (Node & {
      readonly kind: "ExpectRemedyStep";
      /** Such as `narrow-action`. */
      readonly remedy: Name;
      readonly by: RuleRef | undefined;
    })
  | (Node & {
      readonly kind: "ExpectAsksStep";
      readonly principal: Name;
      readonly about: Subject | undefined;
    });

/** A rule that speaks of the action proposed last: of its kind, serving this bullet, with this reason. */
export interface RuleRef extends Node {
  readonly rule: "permit" | "forbid" | "limit" | "ground" | "treat" | "gray" | "fidelity";
  readonly serving: Name | undefined;
  readonly because: Text | undefined;
}

/** What a question is about. */
export type Subject =
  | (Node & { readonly kind: "GivenSubject"; readonly name: Name })
  | (Node & { readonly kind: "RuleSubject"; readonly rule: RuleRef });

/** A number, or a column that holds one. */
export type Degree = NumberNode | ColumnLiteral;

export type DecisionWord = "authorize" | "confirm" | "clarify" | "return";

export interface ExampleCall extends Node {
  readonly tool: Dotted;
  readonly args: readonly { readonly name: Name; readonly value: Literal }[];
}

/** `unknown`, `absent`, or a literal. */
export type TestValue = "unknown" | "absent" | Literal;

/** The name of a column of a test's rows, in the place of a value. */
export interface ColumnLiteral extends Node {
  readonly kind: "ColumnLiteral";
  readonly name: Name;
}

export type Literal =
  | ColumnLiteral
  | (Node & { readonly kind: "NumberLiteral"; readonly value: number; readonly decimal: boolean })
  | (Node & { readonly kind: "DurationLiteral"; readonly milliseconds: number })
  | (Node & { readonly kind: "StringLiteral"; readonly value: string })
  | (Node & { readonly kind: "BoolLiteral"; readonly value: boolean })
  | (Node & { readonly kind: "ListLiteral"; readonly elements: readonly Literal[] })
  | (Node & {
      readonly kind: "RecordLiteral";
      readonly fields: readonly { readonly name: Name; readonly value: Literal }[];
    });

// ------------------------------------------------------------------ expressions

export type BinaryOperator =
  | "and"
  | "or"
  | "=="
  | "!="
  | "<"
  | "<="
  | ">"
  | ">="
  | "in"
  | "not in"
  | "within"
  | "+"
  | "-"
  | "*"
  | "/";

export type Expression =
  | (Node & { readonly kind: "Number"; readonly value: number; readonly decimal: boolean })
  | (Node & { readonly kind: "Duration"; readonly milliseconds: number })
  | (Node & { readonly kind: "String"; readonly value: string })
  | (Node & { readonly kind: "Bool"; readonly value: boolean })
  | (Node & { readonly kind: "Now" })
  | (Node & { readonly kind: "List"; readonly elements: readonly Expression[] })
  | Reference
  | CallsExpression
  | (Node & { readonly kind: "Has"; readonly of: Reference })
  | (Node & { readonly kind: "Not"; readonly operand: Expression })
  | (Node & { readonly kind: "Negate"; readonly operand: Expression })
  | (Node & {
      readonly kind: "Binary";
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
    })
  | (Node & {
      readonly kind: "Match";
      readonly operator: "like" | "matches";
      readonly operand: Expression;
      readonly pattern: Text;
    })
  | (Node & { readonly kind: "TracedTo"; readonly operand: Expression; readonly sources: readonly Name[] })
  | (Node & {
      readonly kind: "If";
      readonly condition: Expression;
      readonly then: Expression;
      readonly else: Expression;
    })
  | (Node & {
      readonly kind: "Quantified";
      readonly quantifier: "every" | "some" | "no";
      readonly variable: Name;
      readonly lists: readonly Expression[];
      readonly body: Expression;
    })
  | (Node & {
      readonly kind: "Tally";
      readonly tally: "count" | "sum";
      readonly variable: Name;
      readonly lists: readonly Expression[];
      readonly body: Expression;
    })
  | Invalid;

/**
 * `given.x`, `claim.x`, `actor.id`, `session.id`, a bare name (an argument of the tool or a bound variable), or
 * `name(args)` (a fact, or a function of the language); then fields.
 */
export interface Reference extends Node {
  readonly kind: "Reference";
  readonly root: "given" | "claim" | "actor" | "session" | "name";
  readonly name: Name;
  /** Present for a call. */
  readonly args: readonly Expression[] | undefined;
  readonly fields: readonly Name[];
}

/** `calls(TOOLS [, DURATION] [, param: expr …])`. */
export interface CallsExpression extends Node {
  readonly kind: "Calls";
  readonly tools: readonly ToolRef[];
  readonly window: DurationNode | undefined;
  readonly args: readonly NamedArgument[];
}

// ------------------------------------------------------------------ what the parser gives

/** A comment with its slashes, in file order; the formatter puts it back by its position. */
export interface Comment extends Node {
  readonly text: string;
}

/** A file to be read: `file` is how it is named in diagnostics. */
export interface Source {
  readonly file: string;
  readonly text: string;
}
