import type { CheckContext, DeclaredTool } from "../compiler/program.js";
import { nodesOfKind } from "../compiler/check/rules/support/walk.js";
import type * as Ast from "../syntax/ast.js";

/** A statement that speaks of tools. */
export type ToolRule =
  | Ast.PermitStatement
  | Ast.LimitStatement
  | Ast.GroundStatement
  | Ast.TreatStatement
  | Ast.GrayStatement;

const ruleKinds: readonly string[] = ["Permit", "Limit", "Ground", "Treat", "Gray"];

/** The statements of a whole policy that speak of tools, in the order of its files. */
export function rulesOf(context: CheckContext): ToolRule[] {
  return context.program.units.flatMap(({ document }) =>
    document.declarations.flatMap((declaration) =>
      "statements" in declaration
        ? (declaration.statements as readonly (Ast.Node & { readonly kind: string })[]).filter(
            (node): node is ToolRule => ruleKinds.includes(node.kind),
          )
        : [],
    ),
  );
}

/** Those of them that speak of one tool. */
export function rulesFor(tool: DeclaredTool, rules: readonly ToolRule[], context: CheckContext): ToolRule[] {
  return rules.filter((rule) => rule.tools.some((ref) => context.toolsOf(ref).includes(tool)));
}

/** A class that a tool has, and whether only under a condition. */
export interface ToolClass {
  readonly name: string;
  readonly conditional: boolean;
}

/**
 * What class a tool has as far as the text tells: the gravest of its unconditional `treat` lines, then those that a condition may
 * add, from the mildest up. Without an unconditional one it falls to `otherwise`.
 */
export function classesOf(
  tool: DeclaredTool,
  rules: readonly ToolRule[],
  context: CheckContext,
): readonly ToolClass[] {
  const treats = rulesFor(tool, rules, context).filter((rule) => rule.kind === "Treat");
  const gravity = gravityOf(context);
  const rank = (name: string): number => gravity.indexOf(name);
  const gravest = (names: readonly string[]): string | undefined =>
    [...names].sort((a, b) => rank(b) - rank(a))[0];
  const conditions = new Set(treats.filter((one) => one.when !== undefined).map((one) => one.as.text));
  const sure = gravest(treats.filter((one) => one.when === undefined).map((one) => one.as.text));
  const fallback = sure === undefined ? gravest(otherwise(context)) : undefined;
  const base = sure ?? fallback;
  const more = [...conditions]
    .filter((name) => sure === undefined || rank(name) > rank(sure))
    .filter((name) => name !== base)
    .sort((a, b) => rank(a) - rank(b));
  return [
    ...(base === undefined ? [] : [{ name: base, conditional: false }]),
    ...more.map((name) => ({ name, conditional: true })),
  ];
}

function otherwise({ program }: CheckContext): string[] {
  return program.units.flatMap(({ document }) =>
    document.declarations
      .flatMap((declaration) => (declaration.kind === "Reversibility" ? declaration.statements : []))
      .flatMap((statement) => (statement.kind === "Otherwise" ? [statement.name.text] : [])),
  );
}

/** The classes from the mildest up; one that stands in no chain comes where it is declared. */
export function gravityOf({ program }: CheckContext): readonly string[] {
  const classes = [...program.symbols.classes.values()].flatMap(([first]) => first ?? []);
  const order: string[] = [];
  const place = (name: string): void => {
    if (order.includes(name)) return;
    order.push(name);
    for (const { node } of classes) if (node.above?.text === name) place(node.name.text);
  };
  for (const { node } of classes) if (node.above === undefined) place(node.name.text);
  for (const { name } of classes) place(name);
  return order;
}

/** `free`, or `free, final when …`: what an inlay hint shows. */
export function classText(classes: readonly ToolClass[]): string {
  return classes.map(({ name, conditional }) => (conditional ? `${name} when …` : name)).join(", ");
}

/** The innermost expression around an offset. */
export function expressionAt(document: Ast.Node, offset: number): Ast.Expression | undefined {
  let found: Ast.Node | undefined;
  for (const kind of expressionKinds)
    for (const node of nodesOfKind<Ast.Expression>(document, kind))
      if (node.span.start <= offset && offset < node.span.end && isWithin(node, found)) found = node;
  return found as Ast.Expression | undefined;
}

const isWithin = (node: Ast.Node, outer: Ast.Node | undefined): boolean =>
  outer === undefined || node.span.end - node.span.start <= outer.span.end - outer.span.start;

const expressionKinds = [
  "Reference",
  "Calls",
  "Has",
  "List",
  "TracedTo",
  "Match",
  "Tally",
  "Quantified",
] as const;
