import type * as Ast from "../../../../syntax/ast.js";
import type { Program, Unit } from "../../../program.js";
import { casesOf } from "../../../rows.js";

/** A node, and the file it stands in. */
export interface Placed<N> {
  readonly unit: Unit;
  readonly node: N;
}

type Declaration<K> = Extract<Ast.Declaration, { readonly kind: K }>;
type Block = Extract<Ast.Declaration, { readonly statements: readonly unknown[] }>;
type Statement = Block["statements"][number];
type Step = Ast.TestDeclaration["steps"][number];

/** The declarations of a kind, over all files. */
export function* declarationsOf<K extends Ast.Declaration["kind"]>(
  program: Program,
  kind: K,
): Generator<Placed<Declaration<K>>> {
  for (const unit of program.units) {
    for (const node of declarationsIn(unit, kind)) yield { unit, node };
  }
}

/** The declarations of a kind in one file. */
export function declarationsIn<K extends Ast.Declaration["kind"]>(unit: Unit, kind: K): Declaration<K>[] {
  return unit.document.declarations.filter((node): node is Declaration<K> => node.kind === kind);
}

/** The statements of a kind inside blocks, over all files. */
export function* statementsOf<K extends Statement["kind"]>(
  program: Program,
  kind: K,
): Generator<Placed<Extract<Statement, { readonly kind: K }>>> {
  for (const unit of program.units) {
    for (const node of statementsIn(unit, kind)) yield { unit, node };
  }
}

/** The statements of a kind inside the blocks of one file. */
export function* statementsIn<K extends Statement["kind"]>(
  unit: Unit,
  kind: K,
): Generator<Extract<Statement, { readonly kind: K }>> {
  for (const declaration of unit.document.declarations) {
    if (!("statements" in declaration)) continue;
    for (const node of declaration.statements as readonly Statement[]) {
      if (node.kind === kind) yield node as Extract<Statement, { readonly kind: K }>;
    }
  }
}

/** The steps of a kind in tests, over all files; of a test with rows once a row, with the cells put in. */
export function* stepsOf<K extends Step["kind"]>(
  program: Program,
  kind: K,
): Generator<Placed<Extract<Step, { readonly kind: K }>>> {
  for (const { unit, node } of declarationsOf(program, "Test")) {
    for (const { steps } of casesOf(node).cases) {
      for (const step of steps) {
        if (step.kind === kind) yield { unit, node: step as Extract<Step, { readonly kind: K }> };
      }
    }
  }
}

type AnyNode = Ast.Node & { readonly kind?: string };

/**
 * A node and all nodes beneath it, whatever they are, in the order of their properties. A chain of operators may be thousands
 * deep, so this keeps a list and does not recur.
 */
export function nodesIn(root: Ast.Node): readonly AnyNode[] {
  return isLarge(root) ? indexOf(root).all : walk(root);
}

/** The nodes of a kind beneath a node, itself included. */
export function nodesOfKind<N extends Ast.Node & { readonly kind: string }>(
  node: Ast.Node,
  kind: N["kind"],
): readonly N[] {
  const found = isLarge(node)
    ? indexOf(node).byKind.get(kind)
    : walk(node).filter((inner) => inner.kind === kind);
  return (found ?? []) as readonly N[];
}

function walk(root: Ast.Node): AnyNode[] {
  const found: AnyNode[] = [];
  const waiting: object[] = [root];
  for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
    if (Array.isArray(value)) {
      for (let i = value.length - 1; i >= 0; i -= 1)
        if (typeof value[i] === "object" && value[i] !== null) waiting.push(value[i]);
      continue;
    }
    if ("span" in value) found.push(value as Ast.Node);
    const keys = Object.keys(value);
    for (let i = keys.length - 1; i >= 0; i -= 1) {
      const key = keys[i] as string;
      // Most of a tree is spans, in which there is no node.
      if (key === "span") continue;
      const inner = (value as { readonly [name: string]: unknown })[key];
      if (typeof inner === "object" && inner !== null) waiting.push(inner);
    }
  }
  return found;
}

/** The nodes of a file or block: a dozen rules ask for them, and the walk takes longer than what they look for. */
interface NodeIndex {
  readonly all: readonly AnyNode[];
  readonly byKind: ReadonlyMap<string, readonly AnyNode[]>;
}

const indices = new WeakMap<Ast.Node, NodeIndex>();

const isLarge = (root: AnyNode): boolean =>
  root.kind === "Policy" || root.kind === "Narrowing" || "statements" in root;

function indexOf(root: Ast.Node): NodeIndex {
  const known = indices.get(root);
  if (known !== undefined) return known;
  const all = walk(root);
  const byKind = new Map<string, AnyNode[]>();
  for (const node of all) {
    if (node.kind === undefined) continue;
    const same = byKind.get(node.kind);
    if (same === undefined) byKind.set(node.kind, [node]);
    else same.push(node);
  }
  const index = { all, byKind };
  indices.set(root, index);
  return index;
}
